/**
 * W3C Trace Context: what ties a command and its answer to what somebody else does for the same reason. Start with
 * {@link io.akrimqtt.messaging.trace.TraceContext}; whoever sends spans somewhere is a
 * {@link io.akrimqtt.messaging.trace.Tracing}.
 *
 * <p>It travels as user properties {@code traceparent} and {@code tracestate} on MQTT 5, and as the extension attributes of the same
 * names of CloudEvents inside envelopes. What does not follow the rules is dropped, never passed on.
 */
@NullMarked
package io.akrimqtt.messaging.trace;

import org.jspecify.annotations.NullMarked;
