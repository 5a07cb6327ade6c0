package io.akrimqtt.messaging.rpc;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a device is asked and its answer known again. */
public enum WayOfAsking {
    /** By MQTT 5's own properties, or by topic ids where the request's topic has {@code {request}}. */
    TOPICS,
    /** Request and answer are CloudEvents in JSON that carry ids, reply topic and expiry; any version of MQTT. */
    ENVELOPE,
    /** A bare payload; the next message on the response topic is the answer. One command at a time; any version of MQTT. */
    SINGLE_FLIGHT,
    /** A bare payload; done when the response topic, the device's state, shows what was asked for. Any version of MQTT. */
    STATE_ECHO;

    /** As people write it: {@code auto} (by topics), {@code envelope}, {@code single-flight}, {@code state-echo}. */
    public String word() {
        return this == TOPICS ? "auto" : name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** All words, in the order of the ways. */
    public static List<String> words() {
        return Arrays.stream(values()).map(WayOfAsking::word).toList();
    }

    /** The way that a word names, or empty. */
    public static Optional<WayOfAsking> of(String word) {
        return Arrays.stream(values()).filter(way -> way.word().equals(word)).findFirst();
    }
}
