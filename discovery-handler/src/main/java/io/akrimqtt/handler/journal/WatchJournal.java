package io.akrimqtt.handler.journal;

import io.akrimqtt.presence.state.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One watch's part of the journal. Methods return when what they write survives our death, or at once where the journal is away;
 * they never throw for want of a store. Thread-safe; one watch uses it at a time.
 */
public interface WatchJournal {

    /** A part of no journal: keeps nothing. */
    WatchJournal NONE = new Nothing();

    /** What was kept when the watch began, in no order; whatever of it cannot be read is left out. */
    List<Memory> memories();

    /**
     * Writes what has changed.
     *
     * @param changes by device; empty for a device of which nothing is to be kept any more
     */
    void remember(Map<String, Optional<Memory>> changes);

    /** Whether the journal has come back and lacks what was believed meanwhile: {@link #rememberAll} is wanted. */
    boolean lacking();

    /** Writes everything, in place of what is there. */
    void rememberAll(Stream<Memory> all);

    /**
     * Until when a session that we had with an MQTT server must be there still; empty where we had none, or not known.
     *
     * @param server its number in the details
     */
    Optional<Instant> sessionUntil(int server);

    /** We have a session with a server, which is kept until we have been away for so many seconds. */
    void session(int server, long expirySeconds);

    /** Under which ids devices were reported that could not keep their own, and who has kept it for that. */
    Map<String, String> reportedIds();

    /** Writes {@link #reportedIds}, in place of what is there. */
    void reportedIds(Map<String, String> ids);
}
