package io.akrimqtt.cli.explain;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.ServerConvention;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.DeviceIdentity;
import io.akrimqtt.presence.convention.Ignored;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.state.Published;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Explains messages under the details of one Configuration. Immutable. */
public final class Explainer {

    private final DiscoveryDetails details;
    private final ServerConvention convention;

    public Explainer(DiscoveryDetails details) {
        this.details = details;
        this.convention = details.convention(details.servers().getFirst());
    }

    /**
     * Explains one message.
     *
     * @param retained whether the MQTT server had kept it: then it tells what was, not what is
     */
    public Explanation explain(TopicName topic, byte[] payload, boolean retained) {
        if (retained && payload.length == 0) {
            return new Explanation.Nothing("an MQTT server keeps no empty message");
        }
        var reading = convention.read(topic, payload, retained ? Published.RETAINED : Published.NOT_RETAINED);
        Reading.@Nullable Sighting sighting = reading.sighting();
        @Nullable Ignored ignored = reading.ignored();
        if (sighting == null) {
            return new Explanation.Nothing(ignored == null ? "it says nothing" : sentence(ignored));
        }
        var matching = details.topics().stream()
                .filter(filter -> filter.filter().matches(topic))
                .map(DeviceFilter::text)
                .toList();
        Optional<DeviceIdentity> identity =
                convention.topics().identity(details.place(sighting.device()).topic());
        var experiment = Experiment.with(details.rules(), sighting.device(), sighting.said(), topic, retained);
        return new Explanation.Device(
                sighting.device(),
                identity.map(DeviceIdentity::name).orElse(sighting.device()),
                matching.isEmpty() ? "a status topic" : matching.getFirst(),
                matching.stream().skip(1).toList(),
                identity.map(DeviceIdentity::levels).orElse(Map.of()),
                sighting.said(),
                ignored == null ? null : sentence(ignored),
                experiment.now(),
                details.grouping()
                        .flatMap(level -> level.groupOf(sighting.device()))
                        .orElse(""),
                experiment.later());
    }

    /** The topic filters that are subscribed to. */
    public List<String> filters() {
        return convention.filters().stream().map(Object::toString).toList();
    }

    /** Why a message, or what it says of presence, is not taken into account. */
    public static String sentence(Ignored ignored) {
        return switch (ignored) {
            case NO_DEVICE -> "no topic filter matches it";
            case EMPTY_DEVICE -> "the level that should name the device is empty";
            case COMMAND -> "it is a command to a device, which says nothing of the device's life";
            case OWN_TOPIC -> "topics below akri-mqtt/ are our own programs' talk";
            case MALFORMED_PAYLOAD -> "its status cannot be read: no UTF-8, no JSON, or JSON without the field";
            case PAYLOAD_TOO_LARGE -> "its status is larger than is read";
            case UNKNOWN_WORD -> "its status is a word that is not known";
            case NOT_WANTED -> "devices in the details leaves its device out";
            case EMPTY_STATUS -> "its status is empty and was not published retained";
        };
    }
}
