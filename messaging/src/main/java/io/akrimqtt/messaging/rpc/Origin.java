package io.akrimqtt.messaging.rpc;

/** Who failed. */
public enum Origin {
    /** The one who asked: a bad request, or the call was taken back. */
    CALLER,
    /** We ourselves: too much is waiting. */
    QUEUE,
    /** The MQTT server, or the way to it. */
    SERVER,
    /** The device: silent, or it said no. */
    DEVICE
}
