package io.akrimqtt.messaging.trace;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whoever records what is done in traces. Thread-safe; never blocks and never throws. */
public interface Tracing extends AutoCloseable {

    /** Records nothing: a trace passes through as it came, and none is begun. */
    Tracing OFF = (_, parent, _) -> new PassingSpan(parent);

    /**
     * Begins a span.
     *
     * @param name of few values, such as {@code command start}
     * @param parent what asked for it, or null where nobody says
     * @param attributes names as OpenTelemetry has them; values without secrets
     */
    OpenSpan begin(String name, @Nullable TraceContext parent, Map<String, String> attributes);

    /** Sends what waits, for some seconds at most. Idempotent. */
    @Override
    default void close() {}

    /** What is being done. Thread-safe. */
    interface OpenSpan {

        /** What goes on with it to others, or null where there is none. */
        @Nullable
        TraceContext context();

        /** Notes that something came about, such as a state of a command. */
        void note(String name);

        /**
         * Ends it; only the first call counts.
         *
         * @param error one sentence for people, or empty where it went well
         */
        void end(Map<String, String> attributes, String error);
    }
}
