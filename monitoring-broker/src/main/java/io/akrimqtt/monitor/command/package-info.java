/**
 * The way of a command: checked, sent to the device over the first connected MQTT server, its states told until it ends.
 *
 * <p>Start with {@link io.akrimqtt.monitor.command.DeviceCommands}.
 */
@NullMarked
package io.akrimqtt.monitor.command;

import org.jspecify.annotations.NullMarked;
