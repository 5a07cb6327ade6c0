package io.akrimqtt.messaging.trace;

import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/** Log lines that say which trace they are about. */
public final class TraceLog {

    private TraceLog() {}

    /** The line with key {@code trace_id}; as it was where there is no trace. */
    public static LoggingEventBuilder add(LoggingEventBuilder line, @Nullable TraceContext trace) {
        return trace == null ? line : line.addKeyValue("trace_id", trace.traceId());
    }
}
