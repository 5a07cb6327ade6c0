package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.time.Instant;
import java.util.Map;

/** What connections tell the loop; servers are numbered as in the details. Without payloads. */
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
            implements WatchEvent {}

    /** A retained message that was read for a round. */
    record Retained(int server, Instant at, int round, String topic, Reading reading) implements WatchEvent {}

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
    record SnapshotRead(int server, Instant at, int round, boolean complete, String problem) implements WatchEvent {}

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
}
