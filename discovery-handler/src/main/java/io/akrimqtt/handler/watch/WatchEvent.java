package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What connections tell the loop; servers are numbered as in the details. Without payloads, and with
 * texts that are cut where the core would refuse them anyway, so that an event is never larger than some 3 kB.
 */
sealed interface WatchEvent {

    int server();

    Instant at();

    /**
     * A message on the live connection.
     *
     * @param retained the server sent it since it had it retained (MQTT 3.1.1 only)
     * @param acknowledge to be run when what follows from the message is durable
     */
    record Arrived(
            int server,
            Instant at,
            String topic,
            Reading reading,
            boolean retained,
            Published published,
            Runnable acknowledge)
            implements WatchEvent {
        public Arrived {
            topic = cut(topic, PresenceTable.MAX_TOPIC);
            reading = cut(reading);
        }
    }

    /** A retained message that was read for a round. */
    record Retained(int server, Instant at, int round, String topic, Reading reading) implements WatchEvent {
        public Retained {
            topic = cut(topic, PresenceTable.MAX_TOPIC);
            reading = cut(reading);
        }
    }

    /** Something happened to the live connection. */
    record Connection(int server, Instant at, ConnectionEvent event) implements WatchEvent {}

    /** A token came back on the fence's topic. */
    record Fence(int server, Instant at, String token) implements WatchEvent {}

    /**
     * The retained messages were read for a round.
     *
     * @param complete whether what did not come is surely not there
     * @param problem why they could not be read, or empty
     */
    record SnapshotRead(int server, Instant at, int round, boolean complete, String problem, SystemFacts facts)
            implements WatchEvent {}

    /** Only what the server tells of itself was read. */
    record Looked(int server, Instant at, int round, SystemFacts facts) implements WatchEvent {}

    /** The server has answered subscriptions that it had refused before. */
    record Answered(int server, Instant at) implements WatchEvent {}

    /**
     * Akri has Instances of these devices.
     *
     * @param refused completed with how many of them were refused
     */
    record Adopt(Instant at, Set<String> devices, CompletableFuture<Integer> refused) implements WatchEvent {
        public Adopt {
            devices = Set.copyOf(devices);
        }

        @Override
        public int server() {
            return 0;
        }
    }

    /** The watch ends. */
    record Ended(Instant at) implements WatchEvent {
        @Override
        public int server() {
            return 0;
        }
    }

    /** Topics were read again for a round. */
    record Verified(int server, Instant at, int round, Decision.Verify question, Map<String, Said> found)
            implements WatchEvent {}

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most + 1);
    }

    private static Reading cut(Reading reading) {
        @Nullable Sighting sighting = reading.sighting();
        return sighting == null || sighting.device().length() <= PresenceTable.MAX_ID_BYTES
                ? reading
                : new Reading(
                        new Sighting(cut(sighting.device(), PresenceTable.MAX_ID_BYTES), sighting.said()),
                        reading.ignored());
    }
}
