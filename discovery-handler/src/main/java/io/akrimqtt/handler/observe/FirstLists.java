package io.akrimqtt.handler.observe;

import io.akrimqtt.handler.report.StreamCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether Akri's agent has been given what it is to have from a process that has just come, so that its predecessor may end: the
 * first list on each stream that the agent has opened. The predecessor's end would else leave the agent with streams that have said
 * nothing, which it takes for no devices. Pure; confined to one owner.
 */
final class FirstLists {

    /** For how long after its registration a process waits for streams at most: there may be nobody who asks. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** For how long no further stream must have come, where it is not known how many are to come. */
    static final Duration QUIET = Duration.ofSeconds(1);

    private long opened;
    private Instant openedAt = Instant.MIN;

    /**
     * What is seen at one moment.
     *
     * @param registeredAt when the agent that lives now took our registration; empty where none has
     * @param configurations how many Configurations ask for us; empty where that is not known
     */
    record Seen(Optional<Instant> registeredAt, StreamCounts streams, OptionalInt configurations) {}

    /** What is missing still, one sentence; empty where nothing is. Time does not go back. */
    Optional<String> missing(Instant now, Seen seen) {
        var streams = seen.streams();
        if (streams.opened() != opened) {
            opened = streams.opened();
            openedAt = now;
        }
        if (seen.registeredAt().isEmpty()) {
            return Optional.of("the handler has not registered with Akri's agent yet");
        }
        if (streams.waiting() > 0) {
            return Optional.of(streams.waiting() + " of " + streams.open()
                    + " Discover streams have not been given their first list yet");
        }
        boolean over = !now.isBefore(seen.registeredAt().get().plus(PATIENCE));
        return over || all(now, seen)
                ? Optional.empty()
                : Optional.of("Akri's agent has opened " + streams.open() + expected(seen.configurations())
                        + " Discover streams: waiting for more for " + PATIENCE.toSeconds()
                        + " s after the registration at most");
    }

    private boolean all(Instant now, Seen seen) {
        int open = seen.streams().open();
        return seen.configurations().isPresent()
                ? open >= seen.configurations().getAsInt()
                : open > 0 && !now.isBefore(openedAt.plus(QUIET));
    }

    private static String expected(OptionalInt configurations) {
        return configurations.isPresent() ? " of " + configurations.getAsInt() : "";
    }
}
