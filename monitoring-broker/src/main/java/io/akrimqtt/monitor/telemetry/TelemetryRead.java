package io.akrimqtt.monitor.telemetry;

/** What a reader finds behind a cursor. */
public sealed interface TelemetryRead {

    /**
     * A message.
     *
     * @param conflated how many earlier messages of its topic were left out for it
     */
    record Found(TelemetryEntry entry, int conflated) implements TelemetryRead {}

    /**
     * Messages that are no longer held, or never were. Some of them may not match the reader's filters.
     *
     * @param first the first cursor that was missed, or 0 where that is not known
     * @param last the last one; what comes next is behind it
     * @param count how many messages at most, or {@link #UNKNOWN}
     * @param text one sentence for people
     */
    record Missed(long first, long last, GapCause cause, long count, String text) implements TelemetryRead {

        /** Nobody knows how many; perhaps none. */
        public static final long UNKNOWN = -1;

        private static final String TOO_SLOW = "the log went on without this reader";

        /** What the log no longer holds. */
        static Missed overrun(long first, long last) {
            return new Missed(first, last, GapCause.OVERRUN, last - first + 1, TOO_SLOW);
        }

        /** What came before the log's first message, as far as somebody asked for it. */
        static Missed before(long first, GapCause cause, String text) {
            return new Missed(0, first - 1, cause, UNKNOWN, text);
        }
    }

    /** Nothing yet. */
    record Nothing() implements TelemetryRead {}

    /** All that was asked for. */
    record Ended() implements TelemetryRead {}
}
