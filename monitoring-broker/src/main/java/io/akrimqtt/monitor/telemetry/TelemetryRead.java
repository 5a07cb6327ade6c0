package io.akrimqtt.monitor.telemetry;

/** What a reader finds behind a cursor. */
public sealed interface TelemetryRead {

    /** A message. */
    record Found(TelemetryEntry entry) implements TelemetryRead {}

    /**
     * Messages that are no longer held, or never were for their size. Some of them may not match the reader's filters.
     *
     * @param first the first cursor that was missed
     * @param last the last one
     */
    record Missed(long first, long last) implements TelemetryRead {}

    /** Nothing yet. */
    record Nothing() implements TelemetryRead {}
}
