package io.akrimqtt.presence.state;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What the shell must do now; the core never does it itself. */
public sealed interface Decision {

    /**
     * What is believed of these devices is not what it was: ask {@link PresenceTable#belief}. A device of which nothing is
     * believed any more was removed.
     */
    record Changed(Set<String> devices) implements Decision {}

    /**
     * Read the retained messages of these topics again and answer with {@link PresenceEvent.Verified}. Without an answer the
     * offline statement stands after {@link PresenceTable#VERIFICATION_LIMIT}.
     *
     * @param ticket to be repeated in the answer; an answer to an older ticket is ignored
     */
    record Verify(int server, String device, long ticket, List<String> topics) implements Decision {
        public Verify {
            topics = List.copyOf(topics);
        }
    }

    /**
     * What must survive our death is not what it was for these devices: write {@link PresenceTable#memory}, or delete it where it
     * is empty, before the message that led to it is acknowledged.
     */
    record Remember(Set<String> devices) implements Decision {}

    /** Read again what this server retains, as in an audit; answer with {@link PresenceEvent.AuditRead}. */
    record ReadAgain(int server) implements Decision {}

    /** Deliver a {@link PresenceEvent.Tick} at or after this instant; replaces the one asked for before. */
    record WakeAt(Instant at) implements Decision {}
}
