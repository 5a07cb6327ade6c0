/** Tests. */
@NullMarked
package io.akrimqtt.monitor.telemetry;

import org.jspecify.annotations.NullMarked;
