package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.testing.Exposition;
import io.akrimqtt.messaging.testing.MetricsContract;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.TelemetryMessage;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program as those see it who watch it: metrics, log, traces. */
@TestInstance(Lifecycle.PER_CLASS)
class ObservedProcessTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private MosquittoServer server;

    @BeforeAll
    void start() {
        server = MosquittoServer.start();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private MonitorProcess broker(String device, Map<String, String> more) {
        var settings = new HashMap<>(Map.of("MQTT_COMMAND_TOPIC", device + "/cmd/{command}"));
        settings.putAll(more);
        return MonitorProcess.ready(server.url(), device, settings);
    }

    /** A device that answers each command in the trace that it came in, or in one of its own. */
    private TestClient device(String device, List<Message> requests, UserProperty... own) {
        return TestClient.answering(server.url(), ProtocolVersion.MQTT_5, device + "/cmd/+", request -> {
            requests.add(request);
            var answer = Message.to(request.responseTopic().orElseThrow())
                    .correlationData(request.correlationData().orElseThrow())
                    .text("done");
            var properties = own.length == 0 ? request.userProperties() : List.of(own);
            properties.stream()
                    .filter(it -> it.name().startsWith("trace"))
                    .forEach(it -> answer.userProperty(it.name(), it.value()));
            return Optional.of(answer.build());
        });
    }

    private static CommandStatus invoke(MonitorProcess broker, String command, String... metadata) {
        var headers = new Metadata();
        for (int i = 0; i < metadata.length; i += 2) {
            headers.put(Metadata.Key.of(metadata[i], Metadata.ASCII_STRING_MARSHALLER), metadata[i + 1]);
        }
        var states = broker.api()
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .invokeCommand(
                        InvokeCommandRequest.newBuilder().setCommand(command).build());
        CommandStatus last = states.next();
        while (states.hasNext()) {
            last = states.next();
        }
        return last;
    }

    private static List<String> traceOf(Message message) {
        return message.userProperties().stream()
                .filter(it -> it.name().startsWith("trace"))
                .map(it -> it.name() + "=" + it.value())
                .toList();
    }

    @Test
    void metrics_are_those_of_the_contract_and_nothing_that_others_send_makes_more_of_them() {
        var contract = MetricsContract.of("Monitoring broker");
        try (var broker = broker("count/pump", Map.of());
                var device = device("count/pump", new CopyOnWriteArrayList<>())) {
            var before = broker.get("/metrics").body();
            assertThat(contract.problems(before)).isEmpty();

            for (int i = 0; i < 30; i++) {
                device.publish("count/pump/\"x\\" + i, "1");
                invoke(broker, "c" + i, "traceparent", PARENT);
            }
            invoke(broker, "no/such", "traceparent", PARENT);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(broker.get("/metrics").body())
                            .contains("akri_mqtt_commands_total{state=\"succeeded\"} 30.0")
                            .contains("akri_mqtt_command_duration_seconds_count 30")
                            .contains("akri_mqtt_telemetry_received_total 30.0")
                            .contains("akri_mqtt_device_presence{presence=\"online\"} 1.0")
                            .contains("akri_mqtt_server_connections_total{server=\"" + server.url() + "\"} 1.0"));
            var after = broker.get("/metrics").body();
            assertThat(contract.problems(after)).isEmpty();
            assertThat(Exposition.of(after).series())
                    .isEqualTo(Exposition.of(before).series())
                    .isLessThan(90);
        }
    }

    @Test
    void a_trace_goes_from_the_caller_to_the_device_and_back_and_is_in_the_log() throws IOException {
        var requests = new CopyOnWriteArrayList<Message>();
        var log = Map.of("AKRI_MQTT_LOG_FORMAT", "json", "AKRI_MQTT_LOG_LEVEL", "debug");
        try (var broker = broker("trace/pump", log);
                var _ = device("trace/pump", requests)) {
            var status = invoke(broker, "start", "traceparent", PARENT, "tracestate", "rojo=1 , congo=2");

            assertThat(traceOf(requests.getFirst()))
                    .containsExactly("traceparent=" + PARENT, "tracestate=rojo=1,congo=2");
            assertThat(status.getTraceparent()).isEqualTo(PARENT);
            assertThat(status.getTracestate()).isEqualTo("rojo=1,congo=2");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines(broker))
                            .anyMatch(line -> line.path("logger").asText().equals("io.akrimqtt.audit")
                                    && line.path("trace_id").asText().equals(TRACE)
                                    && line.path("data")
                                            .path("command")
                                            .asText()
                                            .equals("start"))
                            .anyMatch(line -> line.path("message").asText().equals("command ended")
                                    && line.path("trace_id").asText().equals(TRACE)));

            invoke(broker, "bad", "traceparent", "00-" + TRACE + "-b7ad6b7169203331", "tracestate", "rojo=1");
            assertThat(traceOf(requests.get(1))).isEmpty();
            invoke(broker, "half", "traceparent", PARENT, "tracestate", "ROJO=1");
            assertThat(traceOf(requests.get(2))).containsExactly("traceparent=" + PARENT);
            assertThat(invoke(broker, "none").getTraceparent()).isEmpty();
        }
    }

    @Test
    void what_a_device_sends_as_a_trace_is_passed_on_only_where_it_is_one() {
        var other = "00-ffffffffffffffffffffffffffffffff-00000000000000aa-00";
        var good = new UserProperty("traceparent", other);
        try (var broker = broker("told/pump", Map.of());
                var device = device("told/pump", new CopyOnWriteArrayList<>(), good)) {
            assertThat(invoke(broker, "start", "traceparent", PARENT).getTraceparent())
                    .isEqualTo(other);

            var speed = Message.to(TopicName.of("told/pump/speed")).text("1");
            device.publish(speed.userProperty("traceparent", other)
                    .userProperty("tracestate", "a=1")
                    .userProperty("unit", "rpm")
                    .build());
            device.publish(Message.to(TopicName.of("told/pump/force"))
                    .text("2")
                    .userProperty("traceparent", "x".repeat(10_000))
                    .userProperty("tracestate", "a=1")
                    .userProperty("unit", "kN")
                    .build());

            var events = broker.api()
                    .watchTelemetry(
                            WatchTelemetryRequest.newBuilder().setAfterCursor(1).build());
            assertThat(events.next().hasGap()).isTrue();
            assertThat(properties(events.next().getMessage()))
                    .containsExactlyInAnyOrder("traceparent=" + other, "tracestate=a=1", "unit=rpm");
            assertThat(properties(events.next().getMessage())).containsExactly("unit=kN");
        }
    }

    private static Stream<String> properties(TelemetryMessage message) {
        return message.getUserPropertiesList().stream().map(it -> it.getName() + "=" + it.getValue());
    }

    @Test
    void each_line_of_the_log_is_one_json_object_whatever_happens_and_holds_no_secret() throws IOException {
        var settings = Map.of(
                "AKRI_MQTT_LOG_FORMAT",
                "json",
                "AKRI_MQTT_LOG_LEVEL",
                "trace",
                "MQTT_USERNAME",
                "pump",
                "MQTT_PASSWORD",
                "s3cret-password",
                "OTEL_EXPORTER_OTLP_HEADERS",
                "authorization=s3cret-token",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:1");
        try (var broker = broker("json/pump", settings);
                var device = device("json/pump", new CopyOnWriteArrayList<>())) {
            device.publish("json/pump/status", "of\"f\\li\nne");
            device.publish("json/pump/\"\\" + "é".repeat(5_000), "s3cret-payload");
            invoke(broker, "start\"\\");
            invoke(broker, "start");
            // It logs with java.util.logging that the collector is away.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(lines(broker))
                            .anyMatch(line -> line.path("logger").asText().startsWith("io.opentelemetry")));
            broker.terminate();

            assertThat(lines(broker)).hasSizeGreaterThan(5).allSatisfy(line -> {
                assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");
                assertThat(line.path("level").asText()).isIn("TRACE", "DEBUG", "INFO", "WARN", "ERROR");
                assertThat(line.path("message").asText()).isNotEmpty();
            });
            assertThat(broker.text("err")).doesNotContain("s3cret");
            assertThat(broker.text("err").lines()).allMatch(line -> line.length() < 16 * 1_024);
        }
    }

    /** The lines that it has written to their ends. */
    private static List<JsonNode> lines(MonitorProcess broker) throws IOException {
        var nodes = new ArrayList<JsonNode>();
        var text = broker.text("err");
        for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            if (!line.startsWith("Picked up JAVA_TOOL_OPTIONS")) {
                nodes.add(STRICT.readTree(line));
            }
        }
        return nodes;
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void without_an_endpoint_nothing_of_opentelemetry_is_loaded_and_no_thread_of_it_runs(@TempDir Path folder)
            throws IOException {
        var classes = folder.resolve("classes");
        var watched = Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes);
        try (var broker = broker("off/pump", watched);
                var _ = device("off/pump", new CopyOnWriteArrayList<>())) {
            assertThat(invoke(broker, "start", "traceparent", PARENT).getStatus())
                    .isEqualTo(200);

            assertThat(threads(broker)).isNotEmpty().noneMatch(name -> name.contains("BatchSpan"));
            assertThat(Files.readString(classes))
                    .contains("io.akrimqtt.monitor.observe.CommandSpans ")
                    .doesNotContain("io.opentelemetry", "io.akrimqtt.tracing", "java.lang.management");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void with_an_endpoint_the_span_of_a_command_goes_to_the_collector_and_is_what_the_device_sees() throws IOException {
        var requests = new CopyOnWriteArrayList<Message>();
        var spans = new CopyOnWriteArrayList<Span>();
        var collector = collector(spans);
        var settings = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                "http://127.0.0.1:" + collector.getAddress().getPort(),
                "OTEL_BSP_SCHEDULE_DELAY",
                "100");
        try (var broker = broker("span/pump", settings);
                var _ = device("span/pump", requests)) {
            invoke(broker, "start", "traceparent", PARENT);

            await().atMost(SOON).untilAsserted(() -> assertThat(spans).hasSize(1));
            var span = spans.getFirst();
            assertThat(hex(span.getTraceId())).isEqualTo(TRACE);
            assertThat(hex(span.getParentSpanId())).isEqualTo("b7ad6b7169203331");
            assertThat(traceOf(requests.getFirst()))
                    .containsExactly("traceparent=00-" + TRACE + "-" + hex(span.getSpanId()) + "-01");
            assertThat(span.getEventsList()).extracting(Span.Event::getName).contains("published", "succeeded");
            assertThat(span.getAttributesList())
                    .extracting(it -> it.getKey() + "=" + it.getValue().getStringValue())
                    .contains("akri_mqtt.device=span/pump", "akri_mqtt.command_state=succeeded");
            assertThat(threads(broker)).anyMatch(name -> name.contains("BatchSpan"));
        } finally {
            collector.stop(0);
        }
    }

    private static HttpServer collector(List<Span> spans) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/v1/traces", exchange -> {
            try (exchange) {
                var raw = exchange.getRequestBody();
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                var body = (zipped ? new GZIPInputStream(raw) : raw).readAllBytes();
                ExportTraceServiceRequest.parseFrom(body)
                        .getResourceSpansList()
                        .forEach(resource ->
                                resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
                exchange.sendResponseHeaders(200, -1);
            }
        });
        http.start();
        return http;
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }

    /** The names of the process's threads, as the system has them: 15 characters. */
    private static Set<String> threads(MonitorProcess broker) throws IOException {
        var names = new TreeSet<String>();
        try (var tasks = Files.newDirectoryStream(Path.of("/proc/" + broker.pid() + "/task"))) {
            for (var task : tasks) {
                try {
                    names.add(Files.readString(task.resolve("comm")).strip());
                } catch (IOException _) {
                    // It has ended since.
                }
            }
        }
        return names;
    }
}
