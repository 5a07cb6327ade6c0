/**
 * What this workload believes of its device, with the rules of the presence core: from the device's status topic, from what it
 * publishes, and from its answers. It opens and closes the queue of commands.
 *
 * <p>Start with {@link io.akrimqtt.monitor.presence.DevicePresence}.
 */
@NullMarked
package io.akrimqtt.monitor.presence;

import org.jspecify.annotations.NullMarked;
