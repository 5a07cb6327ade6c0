package io.akrimqtt.handler.crash;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.akri.FakeAgent;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.MosquittoServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that comes for another one: when it is ready, and when the other one may go. */
class ArrivalTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();

    private static Map<String, String> settings(int port) {
        return Map.of("AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:" + port);
    }

    private static String details(MosquittoServer server) {
        return "serverUrls: " + server.url() + "\ntopics: fleet/+/data\npresence: {offlineGrace: 1s}\n";
    }

    /** Status and text of its readiness; empty while nobody answers. */
    private String readiness(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                .build();
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException _) {
            return "";
        }
    }

    private static void awaitAll(HandlerProcess handler, Fleet fleet) {
        Awaitility.await().atMost(LONG).until(() -> handler.latest().equals(fleet.there()));
    }

    @Test
    void a_new_process_is_ready_after_its_first_list_and_the_old_one_ends_no_earlier() throws Exception {
        int port = FreePort.find();
        try (var server = MosquittoServer.start();
                var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server.url(), "fleet", 5);
                var first = HandlerProcess.start(agent, folder, details(server))) {
            awaitAll(first, fleet);
            try (var second = HandlerProcess.silent(agent, folder, settings(port))) {
                await().until(() -> readiness(port).startsWith("503 Akri's agent has opened 0 Discover streams"));

                first.interrupt();

                Awaitility.await()
                        .during(Duration.ofSeconds(3))
                        .atMost(LONG)
                        .until(() -> first.lives()
                                && first.serves()
                                && readiness(port).startsWith("503"));
                assertThat(first.socket()).exists();
                assertThat(first.latest()).isEqualTo(fleet.there());

                second.discover(details(server));

                Awaitility.await().atMost(LONG).until(() -> !first.lives());
                await().until(second::reported);
                assertThat(second.first()).isEqualTo(fleet.there());
                await().until(() -> readiness(port).startsWith("200 ok"));
                assertThat(first.socket()).doesNotExist();
                assertThat(second.socket()).exists();
            }
        }
    }

    @Test
    void where_nobody_asks_a_process_is_ready_after_ten_seconds_and_its_predecessor_waits_no_longer() throws Exception {
        int port = FreePort.find();
        try (var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var first = HandlerProcess.silent(agent, folder, settings(port))) {
            long from = System.nanoTime();
            Awaitility.await().atMost(LONG).until(() -> readiness(port).startsWith("200"));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofSeconds(5));

            long before = System.nanoTime();
            try (var second = HandlerProcess.silent(agent, folder, Map.of())) {
                assertThat(readiness(port))
                        .as("it has handed over and stays ready")
                        .startsWith("200");
                long told = System.nanoTime();
                first.interrupt();
                Awaitility.await().atMost(LONG).until(() -> !first.lives());
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofSeconds(8));
                assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(30));
                assertThat(second.lives()).isTrue();
            }
        }
    }

    @Test
    void a_plain_restart_begins_with_the_whole_old_list_at_once_though_no_mqtt_server_is_there() throws Exception {
        try (var server = MosquittoServer.start();
                var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server.url(), "fleet", 6)) {
            var first = HandlerProcess.start(agent, folder, details(server));
            awaitAll(first, fleet);
            var everybody = fleet.there();

            server.stop();
            first.terminate();

            try (var second = HandlerProcess.start(agent, folder, details(server))) {
                await().until(second::reported);
                assertThat(second.first()).isEqualTo(everybody);
                assertThat(second.firstListAfter()).isLessThan(Duration.ofSeconds(8));
                assertThat(second.socket()).isEqualTo(first.socket());
            } finally {
                first.close();
            }
        }
    }
}
