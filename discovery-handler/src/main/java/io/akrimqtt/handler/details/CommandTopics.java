package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.rpc.WayOfAsking;
import org.jspecify.annotations.Nullable;

/**
 * Where devices take commands: templates with {@code {device}} (the device's topic, at the start) and {@code {command}}.
 *
 * @param topic for example {@code {device}/cmd/{command}}; no evidence of a device's life
 * @param response where answers come, for example {@code {device}/res/{command}}, or null where there are none
 * @param way how devices are asked there
 */
public record CommandTopics(String topic, @Nullable String response, WayOfAsking way) {

    /** By topics alone. */
    public CommandTopics(String topic, @Nullable String response) {
        this(topic, response, WayOfAsking.TOPICS);
    }

    /** The usual way is left out: digests of details are made of this. */
    @Override
    public String toString() {
        var other = way == WayOfAsking.TOPICS ? "" : ", way=" + way.word();
        return "CommandTopics[topic=" + topic + ", response=" + response + other + "]";
    }
}
