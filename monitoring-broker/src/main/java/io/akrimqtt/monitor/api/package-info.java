/**
 * The gRPC face of the monitoring broker: {@code akrimqtt.monitoring.v1}. It holds no rules, but those of flow control.
 *
 * <p>Start with {@link io.akrimqtt.monitor.api.MonitoringService}.
 */
@NullMarked
package io.akrimqtt.monitor.api;

import org.jspecify.annotations.NullMarked;
