/** Tests. */
@NullMarked
package io.akrimqtt.monitor;

import org.jspecify.annotations.NullMarked;
