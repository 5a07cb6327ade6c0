package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.details.DiscoveryDetails;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is reported for one set of details and credentials.
 *
 * @param name 64 hexadecimal digits
 * @param streams how many Discover streams it serves
 * @param streamsSince since when it has had a stream that carries lists, without a pause; empty while it has none
 * @param openedAt when the latest stream was opened; empty before the first
 * @param listSent whether a list was sent on a stream that lives
 * @param credentialsRefused whether an MQTT server of it refuses the credentials now
 * @param troubles what people should know of it
 */
public record ServedWatch(
        String name,
        DiscoveryDetails details,
        int streams,
        Optional<Instant> streamsSince,
        Optional<Instant> openedAt,
        boolean listSent,
        boolean credentialsRefused,
        Troubles troubles,
        List<ServedDevice> devices) {
    public ServedWatch {
        devices = List.copyOf(devices);
    }

    /** One without troubles. */
    public ServedWatch(
            String name,
            DiscoveryDetails details,
            int streams,
            Optional<Instant> streamsSince,
            Optional<Instant> openedAt,
            boolean listSent,
            boolean credentialsRefused,
            List<ServedDevice> devices) {
        this(name, details, streams, streamsSince, openedAt, listSent, credentialsRefused, Troubles.NONE, devices);
    }
}
