package io.akrimqtt.handler.caretaker;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Since when something has been seen, turn after turn; what a turn does not see is forgotten. */
final class Since {

    private final Map<String, Instant> first = new HashMap<>();
    private final Set<String> seen = new HashSet<>();

    /** Notes that it is seen now, and tells since when. */
    Instant seen(String what, Instant now) {
        seen.add(what);
        return first.computeIfAbsent(what, _ -> now);
    }

    /** Notes that it is seen now, and tells whether it has been for this long; else wakes when it will have been. */
    boolean lasts(String what, Duration wait, Instant now, Agenda agenda) {
        var due = seen(what, now).plus(wait);
        if (now.isBefore(due)) {
            agenda.wake(due);
            return false;
        }
        return true;
    }

    /** Ends a turn. */
    void sweep() {
        first.keySet().retainAll(seen);
        seen.clear();
    }
}
