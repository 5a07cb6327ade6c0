package io.akrimqtt.images;

import com.sun.net.httpserver.HttpServer;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Commands go to an HTTP server, and their answers back. */
final class DispatcherLesson implements Lesson {

    private static final int COMMANDS = 50;

    private final ServerUrl server;
    private final HttpServer http;
    private final Path routes;
    private final AtomicInteger asked = new AtomicInteger();

    private DispatcherLesson(ServerUrl server) throws IOException {
        this.server = server;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        http.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
            asked.incrementAndGet();
        });
        http.start();
        routes = Files.createTempFile("routes", ".yaml");
        Files.writeString(routes, """
                routes:
                  - filter: plant/press/cmd/+
                    where: {contentType: application/json}
                    target: {url: "http://127.0.0.1:%d/press"}
                    response: plant/press/answers
                """.formatted(http.getAddress().getPort()));
    }

    static DispatcherLesson prepare(ServerUrl server) throws IOException {
        return new DispatcherLesson(server);
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "AKRI_MQTT_ROUTES",
                routes.toString(),
                "MQTT_SERVER_URL",
                server.toString(),
                "MQTT_CLIENT_ID",
                "akri-mqtt-training-dispatcher");
    }

    @Override
    public void teach() {
        var session = SessionOptions.persistent("akri-mqtt-training", Duration.ofMinutes(1));
        try (var client = MqttPubSubClient.create(server, Credentials.NONE, TlsOptions.DEFAULT, session)) {
            client.connect();
            Awaitility.await().atMost(PATIENCE).until(client::connected);
            for (int i = 0; i < COMMANDS; i++) {
                var _ = client.publish(Message.to(TopicName.of("plant/press/cmd/identify"))
                        .text("{}")
                        .contentType("application/json")
                        .build());
            }
            Awaitility.await("the commands have come").atMost(PATIENCE).until(() -> asked.get() >= COMMANDS);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
