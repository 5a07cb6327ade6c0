package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.trace.TraceContext;
import org.jspecify.annotations.Nullable;

/** What becomes of a command. A call ends with exactly one final event; nothing follows it. */
public sealed interface CommandEvent {

    /**
     * The MQTT server has taken the request. Final for one-way requests.
     *
     * @param noSubscribers the server said that nobody listens; {@code false} proves nothing
     */
    record Published(boolean noSubscribers) implements CommandEvent {}

    /** The device said that it will do it (status 202). */
    record Accepted(String text) implements CommandEvent {}

    /** The device said how far it is (status 102). */
    record InProgress(Payload payload, String text) implements CommandEvent {}

    /**
     * The device's final answer.
     *
     * @param status 200 to 299 where it succeeded, others are the device's error
     * @param text the device's words, or empty
     * @param trace the trace context that came with the answer, or null
     */
    record Answered(
            int status,
            Payload payload,
            String text,
            @Nullable TraceContext trace) implements CommandEvent {

        /** One without a trace context. */
        public Answered(int status, Payload payload, String text) {
            this(status, payload, text, null);
        }
    }

    /**
     * No answer came from the device. Final.
     *
     * @param status 400 bad request, 413 too large, 429 too many in flight, 499 cancelled, 503 not connected or nobody listens,
     *     504 no answer in time
     * @param retryable whether the same request may succeed later
     * @param text one sentence for people
     */
    record Failed(int status, Origin origin, boolean retryable, String text) implements CommandEvent {}
}
