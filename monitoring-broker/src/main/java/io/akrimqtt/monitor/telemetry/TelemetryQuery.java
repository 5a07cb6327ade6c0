package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.util.List;

/**
 * What a reader wants.
 *
 * @param filters only topics that match one of them; none means all
 * @param lastValues start with the last message of each topic, but those that the start brings anyway
 * @param conflate of a topic's messages that wait for the reader, only the latest
 * @param heldOnly end once all has been read that was there at the beginning
 */
public record TelemetryQuery(
        List<TopicFilter> filters, From from, boolean lastValues, boolean conflate, boolean heldOnly) {

    /** Where to start. */
    public sealed interface From {

        /** With what comes. */
        record Now() implements From {}

        /**
         * Behind a cursor.
         *
         * @param epoch which process gave it; 0 where the reader does not know
         */
        record Behind(long cursor, int epoch) implements From {}

        /** With what came in the time before now. */
        record Since(Duration ago) implements From {}

        /** With the latest so many messages that match. */
        record Latest(int messages) implements From {}
    }

    /** Everything, from now on. */
    public static final TelemetryQuery NOW = new TelemetryQuery(List.of(), new From.Now(), false, false, false);

    public TelemetryQuery {
        filters = List.copyOf(filters);
    }

    boolean wants(TopicName topic) {
        if (filters.isEmpty()) {
            return true;
        }
        for (var filter : filters) {
            if (filter.matches(topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a gap concerns this reader: all whose topic is not known do. */
    boolean wants(TelemetryMark mark) {
        var topic = mark.topic();
        return topic == null || wants(topic);
    }
}
