package io.akrimqtt.handler.crash;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.akrimqtt.handler.akri.FakeAgent;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MetricsContract;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The handler as those see it who watch it: metrics, readiness, health, log. */
class ObservedHandlerTest {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @TempDir
    Path folder;

    private final int port = FreePort.find();

    private String get(String path) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static ServingStatus health(GrpcConnection connection, String service) {
        return HealthGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
                .getStatus();
    }

    @Test
    void it_tells_all_that_is_documented_and_only_that() throws Exception {
        var api = folder.resolve("api.sock");
        var settings = Map.of(
                "AKRI_MQTT_HTTP_LISTEN",
                "127.0.0.1:" + port,
                "AKRI_MQTT_GRPC_LISTEN",
                "unix:" + api,
                "AKRI_MQTT_LOG_FORMAT",
                "json",
                "AKRI_MQTT_LOG_LEVEL",
                "debug");
        try (var server = MosquittoServer.start();
                var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server.url(), "fleet", 5);
                var handler = HandlerProcess.silent(agent, folder, settings);
                var connection = GrpcChannels.open(new ListenAddress.UnixSocket(api))) {
            await().until(() -> get("/readyz?verbose")
                    .startsWith("[+]socket ok\n[+]registration ok\n[-]first-lists Akri's agent has opened 0"));
            assertThat(health(connection, "")).isEqualTo(ServingStatus.NOT_SERVING);

            handler.discover("serverUrls: " + server.url() + "\ntopics: fleet/+/data\npresence: {offlineGrace: 1s}\n");
            await().until(() -> handler.latest().equals(fleet.there()));

            await().until(() -> health(connection, "akrimqtt.discovery.v1.Devices") == ServingStatus.SERVING);
            await().until(() -> health(connection, "") == ServingStatus.SERVING);
            assertThat(get("/readyz?verbose")).isEqualTo("[+]socket ok\n[+]registration ok\n[+]first-lists ok\nok\n");
            assertThat(MetricsContract.of("Discovery handler").problems(get("/metrics")))
                    .allMatch(problem -> problem.matches(
                            "akri_mqtt_(kubernetes|caretaker|releases|guard).*: is documented and not exposed"));
        }
        assertThat(lines())
                .hasSizeGreaterThan(3)
                .allSatisfy(line -> assertThat(line.path("message").asText()).isNotEmpty());
    }

    private List<JsonNode> lines() throws IOException {
        var nodes = new ArrayList<JsonNode>();
        for (var line : Files.readAllLines(folder.resolve("handler.log"))) {
            nodes.add(STRICT.readTree(line));
        }
        return nodes;
    }
}
