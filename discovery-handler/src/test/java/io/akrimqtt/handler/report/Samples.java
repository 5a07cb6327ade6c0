package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Details and devices for tests. */
public final class Samples {

    public static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

    private Samples() {}

    public static DiscoveryDetails details(String yaml) {
        return switch (DetailsParser.parse("test", yaml)) {
            case DetailsResult.Checked(var details) -> details;
            case DetailsResult.Refused(var problems) -> throw new IllegalArgumentException(problems.toString());
        };
    }

    public static DiscoveryDetails details() {
        return details("serverUrls: [tcp://h, ssl://h]\ntopics: robots/+/joints\n");
    }

    public static WatchKey key() {
        return key(details());
    }

    public static WatchKey key(DiscoveryDetails details) {
        return new WatchKey(details, Credentials.NONE, TlsOptions.DEFAULT);
    }

    public static TrackedDevice device(String id) {
        return device(id, true, Map.of());
    }

    public static TrackedDevice unlisted(String id) {
        return device(id, false, Map.of());
    }

    public static TrackedDevice device(String id, boolean listed, Map<String, String> levels) {
        return new TrackedDevice(
                id,
                id.substring(id.lastIndexOf('/') + 1),
                listed ? Presence.ONLINE : Presence.OFFLINE,
                listed,
                levels,
                List.of(id + "/joints"),
                new Evidence(Evidence.Kind.ACTIVITY, id + "/joints", START, "it published"),
                List.of());
    }

    public static WatchSnapshot snapshot(TrackedDevice... devices) {
        return new WatchSnapshot(true, Arrays.asList(devices), List.of(), List.of());
    }
}
