package io.akrimqtt.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.akrimqtt.messaging.trace.TraceContext;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OtlpTracingTest {

    private static final TraceContext PARENT =
            new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", 1, "rojo=1,congo=2");

    private final Collector collector = new Collector();

    @AfterEach
    void close() {
        collector.close();
        System.clearProperty("otel.exporter.otlp.endpoint");
        System.clearProperty("otel.exporter.otlp.protocol");
    }

    private OtlpTracing start() {
        System.setProperty("otel.exporter.otlp.endpoint", collector.endpoint());
        return OtlpTracing.start("akri-mqtt-test");
    }

    /** On a busy machine its closing may give up waiting for the last spans; they come all the same. */
    private void awaitOneSpan() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(collector.spans()).hasSize(1));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(it -> it.getKey(), it -> it.getValue().getStringValue()));
    }

    @Test
    void a_span_gets_to_the_collector_below_what_asked_for_it() {
        Optional<TraceContext> told;
        try (var tracing = start()) {
            var span = tracing.begin("command", PARENT, Map.of("akri_mqtt.command", "start"));
            told = Optional.ofNullable(span.context());
            span.note("published");
            span.end(Map.of("akri_mqtt.command_state", "failed"), "FAILED 500");
            span.end(Map.of(), "");
        }

        awaitOneSpan();
        var sent = collector.spans().getFirst();
        assertThat(sent.getName()).isEqualTo("command");
        assertThat(hex(sent.getTraceId())).isEqualTo(PARENT.traceId());
        assertThat(hex(sent.getParentSpanId())).isEqualTo(PARENT.parentId());
        assertThat(sent.getTraceState()).isEqualTo("rojo=1,congo=2");
        assertThat(attributes(sent))
                .containsEntry("akri_mqtt.command", "start")
                .containsEntry("akri_mqtt.command_state", "failed");
        assertThat(sent.getEventsList()).extracting(Span.Event::getName).containsExactly("published");
        assertThat(sent.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
        assertThat(told).contains(new TraceContext(PARENT.traceId(), hex(sent.getSpanId()), 1, "rojo=1,congo=2"));
        assertThat(collector
                        .requests()
                        .getFirst()
                        .getResourceSpans(0)
                        .getResource()
                        .getAttributesList())
                .anyMatch(it -> it.getKey().equals("service.name")
                        && it.getValue().getStringValue().equals("akri-mqtt-test"));
    }

    @Test
    void without_anybody_who_asked_a_trace_begins() {
        try (var tracing = start()) {
            var span = tracing.begin("command", null, Map.of());

            assertThat(Objects.requireNonNull(span.context()).recorded()).isTrue();
            span.end(Map.of(), "");
        }
        awaitOneSpan();
        assertThat(collector.spans().getFirst().getParentSpanId().isEmpty()).isTrue();
    }

    @Test
    void a_trace_that_is_not_recorded_goes_on_and_is_not_sent() {
        var quiet = new TraceContext(PARENT.traceId(), PARENT.parentId(), 0, "");
        try (var tracing = start()) {
            var span = tracing.begin("command", quiet, Map.of());

            assertThat(Objects.requireNonNull(span.context()).traceId()).isEqualTo(PARENT.traceId());
            assertThat(Objects.requireNonNull(span.context()).recorded()).isFalse();
            span.end(Map.of(), "");
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void what_opentelemetry_does_not_take_is_one_sentence() {
        System.setProperty("otel.exporter.otlp.protocol", "smoke-signals");

        assertThatThrownBy(this::start)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("OTEL_*: ")
                .hasMessageContaining("smoke-signals");
    }

    @Test
    void a_collector_that_is_away_holds_nobody_up() {
        collector.close();
        long begin = System.nanoTime();
        try (var tracing = start()) {
            for (int i = 0; i < 5_000; i++) {
                tracing.begin("command", null, Map.of()).end(Map.of(), "");
            }
        }
        assertThat(System.nanoTime() - begin).isLessThan(20_000_000_000L);
    }
}
