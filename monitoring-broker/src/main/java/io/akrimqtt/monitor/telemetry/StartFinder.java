package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.telemetry.TelemetryQuery.From;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the place in the log where a reader starts.
 *
 * @param started when this process began to listen
 */
record StartFinder(TelemetryLog log, LastValues lastValues, int epoch, Instant started) {

    private static final String RESTARTED =
            "the cursor is not of this process, which was restarted or is another one: what it has not seen is missing";

    /** A place to start at, and the gap that is to be told before it. */
    private record Place(long after, Optional<TelemetryRead> gap) {
        static Place behind(long cursor) {
            return new Place(cursor, Optional.empty());
        }
    }

    TelemetryReader.Start find(TelemetryQuery query, Instant now) {
        long latest = log.last();
        var place = place(query, latest, now);
        var topics = query.lastValues()
                ? lastValues.upTo(Math.min(place.after(), latest), query::wants).stream()
                        .map(entry -> entry.message().topic())
                        .toList()
                : List.<TopicName>of();
        return new TelemetryReader.Start(
                place.gap(), topics, place.after(), query.heldOnly() ? latest : Long.MAX_VALUE);
    }

    private Place place(TelemetryQuery query, long latest, Instant now) {
        return switch (query.from()) {
            case From.Now() -> Place.behind(latest);
            case From.Behind(var cursor, var of) -> behind(cursor, of);
            case From.Since(var ago) -> since(now.minus(ago), latest, ago);
            case From.Latest(var messages) -> Place.behind(latest(query, messages, latest));
        };
    }

    private Place behind(long cursor, int of) {
        if ((of == 0 || of == epoch) && log.knows(cursor)) {
            return Place.behind(cursor);
        }
        long first = log.first();
        return new Place(
                first - 1, Optional.of(TelemetryRead.Missed.before(first, GapCause.UNKNOWN_CURSOR, RESTARTED)));
    }

    private Place since(Instant begin, long latest, Duration ago) {
        long cursor = latest;
        for (; cursor >= log.first(); cursor--) {
            if (log.at(cursor) instanceof TelemetryEntry entry
                    && entry.received().isBefore(begin)) {
                return Place.behind(cursor);
            }
        }
        if (!log.dropped() && !started.isAfter(begin)) {
            return Place.behind(cursor);
        }
        var text = "not all of the last " + ago.toSeconds() + " s is held";
        return new Place(cursor, Optional.of(TelemetryRead.Missed.before(cursor + 1, GapCause.NOT_HELD, text)));
    }

    private long latest(TelemetryQuery query, int messages, long latest) {
        int found = 0;
        long cursor = latest;
        for (; cursor >= log.first() && found < messages; cursor--) {
            if (log.at(cursor) instanceof TelemetryEntry entry
                    && query.wants(entry.message().topic())) {
                found++;
            }
        }
        return cursor;
    }
}
