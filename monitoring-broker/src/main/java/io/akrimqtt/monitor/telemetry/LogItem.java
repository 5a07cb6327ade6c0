package io.akrimqtt.monitor.telemetry;

/** What stands at a cursor of the log. */
sealed interface LogItem permits TelemetryEntry, TelemetryMark {

    long cursor();

    /** About how many bytes of memory it takes. */
    int size();
}
