/**
 * What this workload is for: its device and its settings, from the environment that Akri and the pod template make, and the
 * connections to the device's MQTT servers.
 *
 * <p>Start with {@link io.akrimqtt.monitor.device.MonitorSettings}.
 */
@NullMarked
package io.akrimqtt.monitor.device;

import org.jspecify.annotations.NullMarked;
