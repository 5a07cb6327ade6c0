package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.caretaker.Action.Tell.Kind;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people are told: each state once while it lasts, each repair at most every ten minutes for a Configuration. Bounded by the
 * Configurations that exist and by {@link #MOST} sentences in a turn.
 */
final class Tidings {

    /** A repair of the same kind is not told again sooner. */
    static final Duration AGAIN = Duration.ofMinutes(10);

    /** No more than this in one turn; the rest comes in the next. */
    static final int MOST = 50;

    private final Map<String, Instant> said = new HashMap<>();
    private final Map<String, Tell> states = new HashMap<>();
    private final Set<String> current = new HashSet<>();
    private final List<Tell> pending = new ArrayList<>();

    /** A state that lasts: told when it begins, and anew when its text changes. */
    void state(String key, ConfigurationState about, Kind kind, boolean warning, String text) {
        var full = kind.reason() + '/' + about.ref().uid() + '/' + key;
        var tell = new Tell(about.ref(), kind, warning, text);
        current.add(full);
        @Nullable Tell before = states.put(full, tell);
        if (before == null || !before.text().equals(text)) {
            tell(tell);
        }
    }

    /** Whether this state was told before and lasts no longer, which is told, too. */
    boolean over(String key, ConfigurationState about, Kind kind) {
        var full = kind.reason() + '/' + about.ref().uid() + '/' + key;
        return !current.contains(full) && states.containsKey(full);
    }

    /** Something that happened. */
    void tell(Tell tell) {
        if (pending.size() < MOST && !pending.contains(tell)) {
            pending.add(tell);
        }
    }

    /** A repair. */
    void mended(ObjectRef configuration, String what, Instant now) {
        var key = configuration.uid() + '/' + what;
        @Nullable Instant last = said.get(key);
        if (last == null || !now.isBefore(last.plus(AGAIN))) {
            said.put(key, now);
            tell(new Tell(configuration, Kind.MENDED, false, what));
        }
    }

    /** A device has to stay in the report, though it is gone. */
    void cannotRelease(Group group, Outcome outcome) {
        var why = switch (outcome) {
            case UNREACHABLE -> "the API server does not answer";
            case FORBIDDEN -> "the discovery handler has no right to patch Instances";
            case REFUSED -> "the API server refuses to let the discovery handler release them";
            case DONE, CONFLICT -> "";
        };
        if (!why.isEmpty()) {
            group.configurations()
                    .forEach(each -> state(
                            "",
                            each,
                            Kind.DELETION_REFUSED,
                            true,
                            "devices that are gone keep their Instances and workloads: " + why));
        }
    }

    void turn(Agenda agenda, Instant now) {
        pending.forEach(agenda::act);
        pending.clear();
        states.keySet().retainAll(current);
        current.clear();
        said.values().removeIf(last -> !now.isBefore(last.plus(AGAIN)));
    }
}
