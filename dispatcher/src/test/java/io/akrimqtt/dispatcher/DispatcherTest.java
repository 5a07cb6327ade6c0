package io.akrimqtt.dispatcher;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MetricsContract;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process, with the sample routes, Mosquitto and a real HTTP server. */
class DispatcherTest {

    /** How long a process may take to begin, and anything else. */
    private static final Duration START = Duration.ofSeconds(60);

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static Process start(Map<String, String> environment) throws IOException {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"), "-cp", System.getProperty("java.class.path")));
        command.add(DispatcherMain.class.getName());
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static HttpServer http(List<String> seen) throws IOException {
        var http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.createContext("/", exchange -> {
            try (exchange) {
                var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("X-Plant") + " " + body
                        + trace(exchange.getRequestHeaders().getFirst("traceparent")));
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write("done".getBytes(UTF_8));
            }
        });
        http.start();
        return http;
    }

    private static String trace(@Nullable String parent) {
        return parent == null ? "" : " in " + parent;
    }

    /** The port that the sample's HTTP server says it listens at. */
    private static String port(Process target) throws IOException {
        var reader = target.inputReader(UTF_8);
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.startsWith("listens at http://localhost:")) {
                return line.substring(line.lastIndexOf(':') + 1);
            }
        }
        throw new AssertionError("the sample's HTTP server ended");
    }

    @Test
    void the_sample_answers_as_its_readme_says(@TempDir Path folder) throws Exception {
        var sample = Path.of("../samples/dispatcher");
        var java = ProcessHandle.current().info().command().orElse("java");
        var target = new ProcessBuilder(java, sample.resolve("Target.java").toString(), "0")
                .redirectErrorStream(true)
                .start();
        Process process = null;
        try (var mqtt = MosquittoServer.start();
                var caller = MqttPubSubClient.create(
                        mqtt.url(), Credentials.NONE, TlsOptions.DEFAULT, SessionOptions.clean("caller"))) {
            var routes = Files.writeString(
                    folder.resolve("routes.yaml"),
                    Files.readString(sample.resolve("routes.yaml")).replace(":8090", ":" + port(target)));
            var came = new CopyOnWriteArrayList<String>();
            caller.subscribe(
                    TopicFilter.of("plant/press/answers"),
                    delivery -> came.add(delivery.message().text()));
            caller.connect();
            process = start(Map.of(
                    "AKRI_MQTT_ROUTES",
                    routes.toString(),
                    "MQTT_SERVER_URL",
                    mqtt.url().toString(),
                    "MQTT_CLIENT_ID",
                    "dispatcher",
                    "AKRI_MQTT_HTTP_LISTEN",
                    "off"));
            await().atMost(START).until(() -> {
                caller.publish(Message.of(TopicName.of("plant/press/cmd/start"), "now"))
                        .get(60, SECONDS);
                return came.contains("done: start");
            });
            caller.publish(Message.of(TopicName.of("plant/press/cmd/fly"), "")).get(60, SECONDS);
            await().atMost(START).until(() -> came.contains("no such command: fly"));
        } finally {
            target.destroyForcibly();
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void commands_go_where_the_sample_says(@TempDir Path folder) throws Exception {
        var seen = new CopyOnWriteArrayList<String>();
        var http = http(seen);
        int port = FreePort.find();
        var routes = folder.resolve("routes.yaml");
        Files.writeString(
                routes,
                Files.readString(Path.of("routes.sample.yaml"))
                        .replace(
                                "localhost:8090",
                                "127.0.0.1:" + http.getAddress().getPort()));
        try (var mqtt = MosquittoServer.start();
                var caller = MqttPubSubClient.create(
                        mqtt.url(), Credentials.NONE, TlsOptions.DEFAULT, SessionOptions.clean("caller"))) {
            var came = new CopyOnWriteArrayList<Message>();
            caller.subscribe(TopicFilter.of("plant/press/answers"), delivery -> came.add(delivery.message()));
            caller.subscribe(TopicFilter.of("audit/commands"), delivery -> came.add(delivery.message()));
            var subscribed = new AtomicBoolean();
            caller.onConnection(event -> subscribed.compareAndSet(false, event instanceof ConnectionEvent.Subscribed));
            caller.connect();
            await().atMost(START).untilTrue(subscribed);
            var process = start(Map.of(
                    "AKRI_MQTT_ROUTES",
                    routes.toString(),
                    "MQTT_SERVER_URL",
                    mqtt.url().toString(),
                    "MQTT_CLIENT_ID",
                    "dispatcher",
                    "AKRI_MQTT_LOG_FORMAT",
                    "json",
                    "AKRI_MQTT_HTTP_LISTEN",
                    "127.0.0.1:" + port));
            try {
                var start = Message.to(TopicName.of("plant/press/cmd/start"));
                await().atMost(START).until(() -> {
                    caller.publish(Message.of(TopicName.of("plant/other/cmd/x"), "ping"))
                            .get(60, SECONDS);
                    return !came.isEmpty();
                });
                caller.publish(start.contentType("application/json")
                                .userProperty("cls", "control")
                                .userProperty("traceparent", TRACE)
                                .text("{}")
                                .responseTopic(TopicName.of("plant/press/answers"))
                                .build())
                        .get(60, SECONDS);
                caller.publish(Message.to(TopicName.of("plant/press/cmd/look"))
                                .text("here")
                                .userProperty("traceparent", "nonsense")
                                .build())
                        .get(60, SECONDS);

                // Each comes at least once.
                await().atMost(START)
                        .until(() ->
                                answers(came).size() >= 2 && Set.copyOf(seen).size() == 2);
                assertThat(MetricsContract.of("Dispatcher").problems(metrics(port)))
                        .isEmpty();
                assertThat(Set.copyOf(seen))
                        .containsExactlyInAnyOrder("PUT /press north {} in " + TRACE, "POST /other null here");
                assertThat(answers(came)).allMatch(it -> it.text().equals("done"));
                await().atMost(START)
                        .until(() -> came.stream()
                                        .filter(it -> it.topic().value().equals("audit/commands")
                                                && !it.text().equals("ping"))
                                        .count()
                                >= 2);
            } finally {
                process.destroy();
                assertThat(process.waitFor(60, SECONDS)).isTrue();
                http.stop(0);
            }
        }
    }

    private static String metrics(int port) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static List<Message> answers(List<Message> came) {
        return came.stream()
                .filter(it -> it.topic().value().equals("plant/press/answers"))
                .toList();
    }

    @Test
    void bad_settings_and_bad_routes_are_told_together_and_end_with_2(@TempDir Path folder) throws Exception {
        var routes = folder.resolve("r.yaml");
        Files.writeString(routes, "routes:\n  - filter: a/#/b\n    target: {topic: t}\n");

        var process = start(Map.of("AKRI_MQTT_ROUTES", routes.toString(), "AKRI_MQTT_HTTP_LISTEN", "nonsense"));
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(said)
                .contains("invalid settings:")
                .contains("MQTT_SERVER_URL")
                .contains("AKRI_MQTT_HTTP_LISTEN: 'nonsense'")
                .contains(routes + ":2:13: routes[0].filter: 'a/#/b'");
    }
}
