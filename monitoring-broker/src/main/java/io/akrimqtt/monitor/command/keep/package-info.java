/**
 * Where commands that wait outlive a process: retained messages under the workload's own topic on an MQTT server, or this
 * process' memory where there is nothing better.
 *
 * <p>Start with {@link io.akrimqtt.monitor.command.keep.CommandKeeper}.
 */
@NullMarked
package io.akrimqtt.monitor.command.keep;

import org.jspecify.annotations.NullMarked;
