/**
 * The monitoring broker: the workload that Akri starts per MQTT device. Telemetry out, commands in, over gRPC.
 *
 * <p>Start with {@code MonitorMain}, the only class that knows all the others.
 */
@NullMarked
package io.akrimqtt.monitor;

import org.jspecify.annotations.NullMarked;
