package io.akrimqtt.messaging.http;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.dispatch.CommandDispatcher;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands over MQTT that software behind HTTP does, with a real HTTP server. */
class HttpRouterTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String root = "plant/http-" + NUMBERS.incrementAndGet();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server = startServer();

    private static HttpServer startServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("loopback has a free port", e);
        }
    }

    @BeforeEach
    void serve() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void close() throws Exception {
        gate.countDown();
        for (var each : toClose.reversed()) {
            each.close();
        }
        server.stop(0);
        http.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            var headers = exchange.getRequestHeaders();
            var command = String.valueOf(headers.getFirst("Command-Name"));
            seen.add(exchange.getRequestMethod() + " " + command + " " + body + " "
                    + headers.getFirst("Idempotency-Key") + " " + headers.getFirst("traceparent"));
            if (command.equals("slow")) {
                gate.await();
            }
            var answer = (command.equals("large") ? "x".repeat(5_000) : "did " + body).getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/");
            exchange.sendResponseHeaders(command.matches("\\d{3}") ? Integer.parseInt(command) : 200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private PubSubClient client(ServerCase mqtt, String name) {
        var client = MqttPubSubClient.create(
                mqtt.url(), Credentials.NONE, TlsOptions.DEFAULT, mqtt.clean(root.replace('/', '-') + name));
        toClose.add(client);
        return client;
    }

    private static void connect(PubSubClient client) {
        var subscribed = new AtomicBoolean();
        client.onConnection(event -> subscribed.compareAndSet(false, event instanceof ConnectionEvent.Subscribed));
        client.connect();
        await().untilTrue(subscribed);
    }

    private HttpTarget target() {
        return HttpTarget.of(
                        http,
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/do"))
                .withLargest(1_000)
                .withTimeout(Duration.ofMinutes(1));
    }

    private void dispatch(ServerCase mqtt, HttpTarget target, UnaryOperator<HttpRouter> change) {
        var client = client(mqtt, "-dispatcher");
        var router =
                change.apply(HttpRouter.of(TopicFilter.of(root + "/cmd/+"), target, client, InstantSource.system()));
        toClose.add(CommandDispatcher.start(client, PayloadCodec.NONE, List.of(router)));
        connect(client);
    }

    private List<Message> ask(ServerCase mqtt, Message... requests) throws Exception {
        return ask(mqtt, _ -> false, requests);
    }

    /** @param end the answer upon which what is slow goes on */
    private List<Message> ask(ServerCase mqtt, Predicate<Message> end, Message... requests) throws Exception {
        var caller = client(mqtt, "-caller");
        var answers = new CopyOnWriteArrayList<Message>();
        caller.subscribe(TopicFilter.of(root + "/answers"), delivery -> {
            answers.add(delivery.message());
            if (end.test(delivery.message())) {
                gate.countDown();
            }
        });
        connect(caller);
        for (var request : requests) {
            caller.publish(request).get(60, SECONDS);
        }
        await().until(() -> answers.size() == requests.length);
        return answers;
    }

    private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private Message.Builder request(String command) {
        return Message.to(TopicName.of(root + "/cmd/" + command))
                .responseTopic(TopicName.of(root + "/answers"))
                .correlationData(new byte[] {10, 11})
                .text("it");
    }

    @EachServer
    void a_command_is_posted_and_its_answer_comes_back(ServerCase mqtt) throws Exception {
        dispatch(mqtt, target(), router -> router.answering(TopicName.of(root + "/answers")));

        var answer = ask(
                        mqtt,
                        request("start").userProperty("traceparent", TRACE).build())
                .getFirst();

        assertThat(answer.text()).isEqualTo("did it");
        if (mqtt.mqtt5()) {
            assertThat(seen).containsExactly("POST start it 0a0b " + TRACE);
            assertThat(answer.correlationData()).hasValue(new byte[] {10, 11});
            assertThat(answer.contentType()).hasValue("text/plain");
            assertThat(answer.userProperty("__stat")).hasValue("200");
            assertThat(answer.userProperty("traceparent")).hasValue(TRACE);
        }
    }

    @EachServer
    void a_trace_that_is_none_gets_no_further(ServerCase mqtt) throws Exception {
        dispatch(mqtt, target(), router -> router.answering(TopicName.of(root + "/answers")));

        var answer = ask(
                        mqtt,
                        request("start").userProperty("traceparent", "00-1").build())
                .getFirst();

        if (mqtt.mqtt5()) {
            assertThat(seen).containsExactly("POST start it 0a0b null");
            assertThat(answer.userProperty("traceparent")).isEmpty();
        }
    }

    @EachServer
    void the_status_of_http_becomes_the_commands(ServerCase mqtt) throws Exception {
        if (!mqtt.mqtt5()) {
            return;
        }
        dispatch(mqtt, target(), router -> router.withRoom(1, 100));

        var answers = ask(
                mqtt,
                request("201").build(),
                request("404").build(),
                request("500").build(),
                request("302").build(),
                request("large").build());

        assertThat(answers)
                .extracting(it -> it.userProperty("__stat").orElse("")
                        + it.userProperty("__stMsg").map(text -> " " + text).orElse(""))
                .containsExactly(
                        "201",
                        "404 the HTTP target answered 404",
                        "500 the HTTP target answered 500",
                        "502 the HTTP target answered 302 (expected: 2xx, 4xx or 5xx)",
                        "502 the HTTP target's answer is larger than 1000 bytes");
    }

    @EachServer
    void a_slow_target_is_504(ServerCase mqtt) throws Exception {
        if (!mqtt.mqtt5()) {
            return;
        }
        dispatch(mqtt, target().withTimeout(Duration.ofMillis(300)), router -> router);
        assertThat(ask(mqtt, request("slow").build()).getFirst().userProperty("__stat"))
                .hasValue("504");
    }

    @EachServer
    void a_target_that_is_not_there_is_503(ServerCase mqtt) throws Exception {
        if (!mqtt.mqtt5()) {
            return;
        }
        dispatch(mqtt, target(), router -> router);
        server.stop(0);

        var gone = ask(mqtt, request("start").build()).getFirst();

        assertThat(gone.userProperty("__stat")).hasValue("503");
        assertThat(gone.userProperty("__stMsg")).hasValue("the HTTP target cannot be reached");
    }

    @EachServer
    void too_many_are_answered_with_429(ServerCase mqtt) throws Exception {
        if (!mqtt.mqtt5()) {
            return;
        }
        dispatch(mqtt, target(), router -> router.withRoom(1, 1));
        var slow = request("slow").build();

        // What there is room for is not done before another one was refused.
        Predicate<Message> refused = it -> it.userProperty("__stat").equals(Optional.of("429"));
        var answers = ask(mqtt, refused, slow, slow, slow, slow);

        assertThat(answers)
                .extracting(it -> it.userProperty("__stat").orElse(""))
                .contains("429", "200")
                .containsOnly("429", "200");
    }

    @EachServer
    void what_would_come_back_to_the_router_is_not_taken(ServerCase mqtt) throws Exception {
        if (!mqtt.mqtt5()) {
            return;
        }
        dispatch(
                mqtt,
                target(),
                router -> router.selecting(message -> !message.text().equals("no")));

        ask(mqtt, request("start").text("yes").build());
        var tricks = client(mqtt, "-tricks");
        connect(tricks);
        for (var trick : List.of(root + "/cmd/x", "$SYS/x")) {
            tricks.publish(request("start").responseTopic(TopicName.of(trick)).build())
                    .get(60, SECONDS);
        }
        tricks.publish(request("start").text("no").build()).get(60, SECONDS);
        tricks.publish(request("last").build()).get(60, SECONDS);

        await().until(() -> seen.stream().anyMatch(it -> it.startsWith("POST last")));
        assertThat(seen).hasSize(2);
    }

    @Test
    void bad_addresses_methods_and_headers_are_refused() {
        for (var bad : List.of("ftp://x/y", "/path", "http:///path", "mailto:x")) {
            assertThatThrownBy(() -> HttpTarget.of(http, URI.create(bad)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("address: '" + bad + "' (expected: such as http://host:port/path)");
        }
        assertThatThrownBy(() -> target().withMethod("NO METHOD")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> target().withHeader("a", "b\r\nc: d")).isInstanceOf(IllegalArgumentException.class);
    }
}
