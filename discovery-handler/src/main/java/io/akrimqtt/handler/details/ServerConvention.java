package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.Ignored;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.Published;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What messages of one MQTT server say: as the convention reads them, with the server's alias before the ids where it has devices
 * of its own, and without the devices that are not wanted. Immutable.
 *
 * @param prefix of the ids, or empty
 */
public record ServerConvention(TopicsConvention topics, String prefix, DeviceChoice choice) {

    /** What to subscribe to. */
    public List<TopicFilter> filters() {
        return topics.filters();
    }

    /** What a message says, and about which device. Total. */
    public Reading read(TopicName topic, byte[] payload, Published published) {
        var reading = topics.read(topic, payload, published);
        @Nullable Sighting sighting = reading.sighting();
        if (sighting == null) {
            return reading;
        }
        var id = prefix.isEmpty() ? sighting.device() : prefix + sighting.device();
        if (!choice.takes(id, id.substring(id.lastIndexOf('/') + 1))) {
            return Reading.nothing(Ignored.NOT_WANTED);
        }
        return prefix.isEmpty() ? reading : new Reading(new Sighting(id, sighting.said()), reading.ignored());
    }
}
