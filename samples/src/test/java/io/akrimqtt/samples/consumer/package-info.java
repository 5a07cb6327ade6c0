/** The application that follows all devices. */
@NullMarked
package io.akrimqtt.samples.consumer;

import org.jspecify.annotations.NullMarked;
