package io.akrimqtt.presence.state;

import java.time.Instant;
import java.util.Map;

/**
 * What happened, with the time at which we learned it, by a clock that never jumps. Servers are numbered from zero. Any event
 * is legal at any time.
 */
public sealed interface PresenceEvent {

    Instant at();

    /**
     * A message about a device.
     *
     * @param device its id; longer than {@link PresenceTable#MAX_ID_BYTES} is refused and counted
     * @param topic the message's topic; a statement on one that is longer than {@link PresenceTable#MAX_TOPIC} characters is
     *     refused and counted
     * @param published whether it was published retained; means nothing for what comes from a snapshot
     */
    record Sighted(Instant at, int server, String device, Said said, String topic, Source source, Published published)
            implements PresenceEvent {}

    /** The MQTT server accepted the live connection. */
    record LinkUp(Instant at, int server, Session session) implements PresenceEvent {}

    /** The live connection ended. From here on the server's devices are held as they are. */
    record LinkDown(Instant at, int server) implements PresenceEvent {}

    /** The session's queue is empty: what comes now on the live connection is live. */
    record Drained(Instant at, int server) implements PresenceEvent {}

    /**
     * The retained messages were read, after {@link Drained}.
     *
     * @param complete whether what was not found is surely not there
     */
    record SnapshotRead(Instant at, int server, boolean complete) implements PresenceEvent {}

    /**
     * The answer to {@link Decision.Verify}.
     *
     * @param found what the topics' retained messages say; topics where nothing is retained, or no statement, are not in it
     */
    record Verified(Instant at, int server, String device, long ticket, Map<String, Said> found)
            implements PresenceEvent {
        public Verified {
            found = Map.copyOf(found);
        }
    }

    /** Time has passed. */
    record Tick(Instant at) implements PresenceEvent {}
}
