package io.akrimqtt.messaging.message;

/** A name and a value beside the payload; names may recur and their order counts. Lost on MQTT 3.1.1. */
public record UserProperty(String name, String value) {}
