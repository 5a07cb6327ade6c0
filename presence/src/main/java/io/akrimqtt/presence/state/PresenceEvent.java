package io.akrimqtt.presence.state;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /**
     * The MQTT server was restarted while we were away, or so it looks, though it kept our session. Between {@link LinkUp} and
     * {@link SnapshotRead}; means the same as {@link Session#LOST}.
     */
    record Restarted(Instant at, int server) implements PresenceEvent {}

    /**
     * An audit begins: what the server retains is about to be read again in the middle of a connection. What comes live from here
     * on is fresher than what the audit finds.
     */
    record AuditBegan(Instant at, int server) implements PresenceEvent {}

    /**
     * An audit, or what {@link Decision.ReadAgain} asked for, has ended. Its findings came as {@link Source#SNAPSHOT} since
     * {@link AuditBegan}.
     *
     * @param complete whether what was not found is surely not there
     */
    record AuditRead(Instant at, int server, boolean complete) implements PresenceEvent {}

    /**
     * From here on the server lets us hear nothing of these devices, and of all others again: it refuses the filters that cover
     * them. Replaces the set of before.
     */
    record Unheard(Instant at, int server, Set<String> devices) implements PresenceEvent {
        public Unheard {
            devices = Set.copyOf(devices);
        }
    }

    /**
     * A device is reached through another one, which speaks for it when it is gone.
     *
     * @param gateway the other device's id; null for no longer
     */
    record Behind(
            Instant at, int server, String device, @Nullable String gateway, Return after) implements PresenceEvent {}

    /** When a device's own word counts again, once its gateway is back. */
    enum Return {
        /** After the server's retained messages were read again, or on its own next live message. */
        AFTER_SNAPSHOT,
        /** On its own next live statement. */
        AFTER_BIRTH
    }

    /** What was believed before a restart of ours, from {@link PresenceTable#memory}. Before the first {@link LinkUp}. */
    record Restored(Instant at, Memory memory) implements PresenceEvent {}

    /** Time has passed. */
    record Tick(Instant at) implements PresenceEvent {}
}
