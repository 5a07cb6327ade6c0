/** Tests. */
@NullMarked
package io.akrimqtt.monitor.api;

import org.jspecify.annotations.NullMarked;
