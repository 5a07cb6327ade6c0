package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.akrimqtt.handler.cluster.InstanceState;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches as production makes them, over plain HTTP, with all that may come in one. */
class WatchOverHttpTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private volatile String items = item("111111", 1);
    private volatile int version = 10;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private KubernetesClient client;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private ListWatch watch;

    private final Kept<InstanceState> kept = new Kept<>(Kind.INSTANCE, Reading::instance);

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(ClientFactory.settled(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build()))
                .build();
        watch = new ListWatch(
                Kind.INSTANCE,
                client.genericKubernetesResources(Kind.INSTANCE.context()).inAnyNamespace(),
                kept,
                ClusterWatchTest.QUICK,
                new Random(7),
                () -> {});
        watch.start();
    }

    @AfterEach
    void close() {
        watch.close();
        client.close();
        server.stop(0);
    }

    private static String item(String hash, int version) {
        return "{\"apiVersion\":\"akri.sh/v0\",\"kind\":\"Instance\",\"metadata\":{\"name\":\"line-" + hash
                + "\",\"namespace\":\"n\",\"uid\":\"u" + hash + "\",\"resourceVersion\":\"" + version
                + "\"},\"spec\":{\"nodes\":[]}}";
    }

    private static String event(String type, String object) {
        return "{\"type\":\"" + type + "\",\"object\":" + object + "}";
    }

    private void serve(HttpExchange exchange) throws IOException {
        var uri = exchange.getRequestURI().toString();
        asked.add(uri);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        if (!uri.contains("watch=true")) {
            var list = "{\"apiVersion\":\"akri.sh/v0\",\"kind\":\"InstanceList\",\"metadata\":{\"resourceVersion\":\""
                    + version + "\"},\"items\":[" + items + "]}";
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                out.write(list.getBytes(StandardCharsets.UTF_8));
            }
            return;
        }
        exchange.sendResponseHeaders(200, 0);
        try (var out = exchange.getResponseBody()) {
            out.flush();
            for (String line = next(); !line.equals("end"); line = next()) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        }
    }

    private String next() {
        try {
            var line = lines.poll(30, TimeUnit.SECONDS);
            return line == null ? "end" : line;
        } catch (InterruptedException _) {
            return "end";
        }
    }

    private List<String> hashes() {
        return kept.values().stream().map(InstanceState::hash).sorted().toList();
    }

    private long asked(String part) {
        return asked.stream().filter(each -> each.contains(part)).count();
    }

    private long lists() {
        return asked.size() - asked("watch=true");
    }

    @Test
    void events_are_taken_and_a_watch_that_ends_goes_on_from_its_last_bookmark() {
        await().atMost(SOON).until(watch::synced);
        lines.add(event("ADDED", item("222222", 11)));
        lines.add(event("DELETED", item("111111", 12)));
        lines.add(event("BOOKMARK", item("bookmark", 77)));
        await().atMost(SOON).until(() -> hashes().equals(List.of("222222")));

        lines.add("end");
        await().atMost(SOON).until(() -> asked("resourceVersion=77") == 1);

        assertThat(lists()).isEqualTo(1);
        assertThat(watch.synced()).isTrue();
        assertThat(hashes()).containsExactly("222222");
    }

    @Test
    void a_watch_whose_past_is_gone_begins_with_the_list() {
        await().atMost(SOON).until(() -> watch.synced() && asked("watch=true") == 1);
        items = item("333333", 50);
        version = 50;
        lines.add(event(
                "ERROR",
                "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"too old resource"
                        + " version\",\"reason\":\"Expired\",\"code\":410}"));
        await().atMost(SOON).until(() -> hashes().equals(List.of("333333")));

        assertThat(lists()).isEqualTo(2);
        assertThat(watch.synced()).isTrue();
        await().atMost(SOON).until(() -> asked("resourceVersion=50") == 1);
    }

    @Test
    void an_event_that_is_no_json_harms_nothing() {
        await().atMost(SOON).until(watch::synced);
        lines.add("{");
        lines.add(event("ADDED", item("222222", 11)));
        lines.add("end");

        await().atMost(SOON).until(() -> lists() >= 2 || hashes().contains("222222"));
        await().atMost(SOON).until(watch::synced);
    }

    @Test
    void watches_that_end_at_once_make_pauses_and_are_told() {
        await().atMost(SOON).until(watch::synced);
        for (int i = 0; i < 3; i++) {
            lines.add("end");
        }
        await().atMost(SOON).until(() -> asked("watch=true") >= 3);

        await().atMost(SOON).until(() -> lists() >= 3);
        await().atMost(SOON).until(watch::synced);
    }

    @Test
    void a_list_of_pages_is_read_to_its_end() {
        await().atMost(SOON).until(watch::synced);

        assertThat(asked.getFirst()).contains("limit=500");
        assertThat(hashes()).containsExactly("111111");
    }
}
