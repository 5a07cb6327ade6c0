package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.topic.TopicName;
import org.jspecify.annotations.Nullable;

/**
 * A gap with a place of its own in the log.
 *
 * @param topic the topic of the one message that is missing, or null where it is not known what is missing, if anything
 * @param text one sentence for people
 */
record TelemetryMark(long cursor, GapCause cause, @Nullable TopicName topic, String text) implements LogItem {

    private static final int SIZE = 200;

    @Override
    public int size() {
        return SIZE + (topic == null ? 0 : topic.value().length());
    }

    /** As readers are told of it. */
    TelemetryRead.Missed missed() {
        return new TelemetryRead.Missed(cursor, cursor, cause, topic == null ? TelemetryRead.Missed.UNKNOWN : 1, text);
    }
}
