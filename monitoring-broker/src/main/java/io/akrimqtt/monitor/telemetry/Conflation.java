package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way through the log that tells only the latest of each topic's messages that wait for it. It looks at all that
 * waits, once, tells of that, and only then looks again: so no topic, however busy, keeps others from being told, cursors rise,
 * and at most one number per message of the log is held. Confined to one thread.
 */
final class Conflation {

    private final TelemetryLog log;
    private final TelemetryQuery query;
    private final Queue<Pick> picks = new ArrayDeque<>();
    private long cursor;

    /** The last cursor that was looked at. */
    private long horizon;

    /** What is told: the message or gap at a cursor, in the place of so many others. */
    private record Pick(long cursor, int conflated) {}

    Conflation(TelemetryLog log, TelemetryQuery query, long after) {
        this.log = log;
        this.query = query;
        this.cursor = after;
        this.horizon = after;
    }

    /** Where the reader is. */
    long cursor() {
        return cursor;
    }

    /** What comes next. */
    TelemetryRead next() {
        if (picks.isEmpty()) {
            cursor = horizon;
            var first = log.read(cursor);
            if (first instanceof TelemetryRead.Missed(var _, var last, var cause, var _, var _)
                    && cause == GapCause.OVERRUN) {
                cursor = last;
                horizon = last;
                return first;
            }
            look();
        }
        var pick = picks.poll();
        if (pick == null) {
            cursor = horizon;
            return new TelemetryRead.Nothing();
        }
        return told(pick);
    }

    private TelemetryRead told(Pick pick) {
        cursor = pick.cursor();
        return switch (log.at(pick.cursor())) {
            case TelemetryEntry entry -> new TelemetryRead.Found(entry, pick.conflated());
            case TelemetryMark mark -> mark.missed();
            case null -> {
                var missed = log.overrun(pick.cursor());
                cursor = missed.last();
                horizon = Math.max(horizon, cursor);
                picks.removeIf(other -> other.cursor() <= missed.last());
                yield missed;
            }
        };
    }

    private void look() {
        Map<TopicName, Pick> latest = new HashMap<>();
        List<Pick> marks = new ArrayList<>();
        long newest = log.last();
        while (horizon < newest && look(log.at(horizon + 1), latest, marks)) {
            horizon++;
        }
        marks.addAll(latest.values());
        marks.sort(Comparator.comparingLong(Pick::cursor));
        picks.addAll(marks);
    }

    /** Looks at one place; false where it was overrun in this moment, of which the next look tells. */
    private boolean look(@Nullable LogItem item, Map<TopicName, Pick> latest, List<Pick> marks) {
        return switch (item) {
            case TelemetryEntry entry -> {
                var topic = entry.message().topic();
                if (query.wants(topic)) {
                    var before = latest.get(topic);
                    latest.put(topic, new Pick(entry.cursor(), before == null ? 0 : before.conflated() + 1));
                }
                yield true;
            }
            case TelemetryMark mark -> {
                if (query.wants(mark)) {
                    marks.add(new Pick(mark.cursor(), 0));
                }
                yield true;
            }
            case null -> false;
        };
    }
}
