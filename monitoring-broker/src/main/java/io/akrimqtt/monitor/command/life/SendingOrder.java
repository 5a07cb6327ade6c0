package io.akrimqtt.monitor.command.life;

/** When the next command of the queue may follow the one before (ThingsBoard's three strategies). */
public enum SendingOrder {
    /** At once. */
    BURST,
    /** When the MQTT server has acknowledged the one before. */
    AFTER_ACK,
    /** When the one before has ended. */
    AFTER_RESPONSE
}
