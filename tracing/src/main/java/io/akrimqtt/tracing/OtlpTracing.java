package io.akrimqtt.tracing;

import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.messaging.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends spans by OTLP over HTTP, as OpenTelemetry's variables of the environment say ({@code OTEL_EXPORTER_OTLP_ENDPOINT} and the others
 * of its Java SDK). At most 2,048 spans wait; more are dropped. Thread-safe; one thread sends.
 */
public final class OtlpTracing implements Tracing {

    /** What ours have in common; the environment and system properties go first. */
    private static final Map<String, String> DEFAULTS = Map.of(
            "otel.traces.exporter", "otlp",
            "otel.metrics.exporter", "none",
            "otel.logs.exporter", "none",
            "otel.propagators", "none",
            "otel.exporter.otlp.protocol", "http/protobuf");

    /** How long the last spans may take, in milliseconds: whoever ends a program may leave them behind earlier. */
    private static final long LAST = 2_000;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;

    private OtlpTracing(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.akrimqtt");
    }

    /**
     * Starts the thread that sends.
     *
     * @param service the name where {@code OTEL_SERVICE_NAME} gives none
     * @throws IllegalArgumentException where OpenTelemetry does not take what its variables say
     */
    public static OtlpTracing start(String service) {
        try {
            return new OtlpTracing(AutoConfiguredOpenTelemetrySdk.builder()
                    .disableShutdownHook()
                    .addPropertiesSupplier(() -> DEFAULTS)
                    .addPropertiesCustomizer(configured -> configured.getString("otel.service.name") == null
                            ? Map.of("otel.service.name", service)
                            : Map.of())
                    .build()
                    .getOpenTelemetrySdk());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("OTEL_*: " + e.getMessage(), e);
        }
    }

    @Override
    public Tracing.OpenSpan begin(String name, @Nullable TraceContext parent, Map<String, String> attributes) {
        var builder = tracer.spanBuilder(name).setSpanKind(SpanKind.CLIENT);
        builder.setParent(parent == null ? Context.root() : Context.root().with(Span.wrap(remote(parent))));
        attributes.forEach(builder::setAttribute);
        return new OtlpSpan(builder.startSpan());
    }

    private static SpanContext remote(TraceContext parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(), parent.parentId(), TraceFlags.fromByte((byte) parent.flags()), state(parent.state()));
    }

    private static TraceState state(String text) {
        TraceStateBuilder builder = TraceState.builder();
        var members = text.isEmpty() ? new String[0] : text.split(",");
        // The builder puts each in front.
        for (int i = members.length - 1; i >= 0; i--) {
            int equals = members[i].indexOf('=');
            builder.put(members[i].substring(0, equals), members[i].substring(equals + 1));
        }
        return builder.build();
    }

    /** Sends what waits. */
    @Override
    public void close() {
        sdk.getSdkTracerProvider().shutdown().join(LAST, TimeUnit.MILLISECONDS);
    }

    /** A span that is being recorded, or only passes a trace on where the sampler says so. */
    private record OtlpSpan(Span span) implements Tracing.OpenSpan {

        @Override
        public @Nullable TraceContext context() {
            var context = span.getSpanContext();
            if (!context.isValid()) {
                return null;
            }
            var state = new StringBuilder();
            context.getTraceState()
                    .forEach((key, value) -> state.append(state.isEmpty() ? "" : ",")
                            .append(key)
                            .append('=')
                            .append(value));
            return TraceContext.of(
                            "00-" + context.getTraceId() + "-" + context.getSpanId() + "-"
                                    + context.getTraceFlags().asHex(),
                            state.toString())
                    .orElse(null);
        }

        @Override
        public void note(String name) {
            span.addEvent(name);
        }

        @Override
        public void end(Map<String, String> attributes, String error) {
            attributes.forEach((name, value) -> span.setAttribute(AttributeKey.stringKey(name), value));
            if (!error.isEmpty()) {
                span.setStatus(StatusCode.ERROR, error);
            }
            span.end();
        }
    }
}
