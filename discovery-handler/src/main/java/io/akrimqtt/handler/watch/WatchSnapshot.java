package io.akrimqtt.handler.watch;

import io.akrimqtt.presence.state.Evidence;
import java.util.List;
import java.util.Map;

/**
 * What a watch knows at one moment.
 *
 * @param settled what was known before a restart of ours is known again, or each MQTT server was either read completely (session
 *     drained, retained messages read) or found to be away once; before that the list may be short because it is young
 * @param devices in the order of their ids
 * @param servers in the order of the details
 * @param adopted groups of which Akri has an Instance though no device of theirs was listed since, by id: they are listed until there
 *     is evidence, or their time is over
 * @param counters messages that were ignored, by cause; for metrics and health
 */
public record WatchSnapshot(
        boolean settled,
        List<TrackedDevice> devices,
        Map<String, Evidence> adopted,
        List<ServerHealth> servers,
        List<Counter> counters) {

    /** One without adopted groups. */
    public WatchSnapshot(
            boolean settled, List<TrackedDevice> devices, List<ServerHealth> servers, List<Counter> counters) {
        this(settled, devices, Map.of(), servers, counters);
    }

    public WatchSnapshot {
        devices = List.copyOf(devices);
        adopted = Map.copyOf(adopted);
        servers = List.copyOf(servers);
        counters = List.copyOf(counters);
    }

    /**
     * The state of one MQTT server.
     *
     * @param url without credentials
     * @param unreachable whether people are to be told that it is away: it has been for a while, or has said something definite
     * @param problem why it is not connected, or empty
     * @param subscriptionProblems filters refused or granted at a lower quality of service, one sentence each
     */
    public record ServerHealth(
            String url, boolean connected, boolean unreachable, String problem, List<String> subscriptionProblems) {
        public ServerHealth {
            subscriptionProblems = List.copyOf(subscriptionProblems);
        }

        /** One that is unreachable where it is not connected. */
        public ServerHealth(String url, boolean connected, String problem, List<String> subscriptionProblems) {
            this(url, connected, !connected, problem, subscriptionProblems);
        }
    }

    /**
     * Counts since the start of the watch.
     *
     * @param cause one of a small fixed set, in the form of a label, for example {@code malformed_payload}
     */
    public record Counter(String cause, long count) {}
}
