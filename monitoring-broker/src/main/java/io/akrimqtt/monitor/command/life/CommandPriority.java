package io.akrimqtt.monitor.command.life;

/** Which commands go first where several wait for the device. Within one priority the older goes first. */
public enum CommandPriority {
    HIGH,
    NORMAL,
    LOW
}
