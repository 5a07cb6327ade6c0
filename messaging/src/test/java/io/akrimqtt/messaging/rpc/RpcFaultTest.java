package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What goes wrong between a command and its answer. */
class RpcFaultTest extends TwoClients {

    private static final String GARBAGE = "garbage";

    @EachServer
    void an_answer_that_comes_twice_counts_once(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var plain = client(server, "-device");
        var requests = listen(plain, device + "/cmd/#");
        var invoker = invoker(server, properties());
        var calls = new Calls();
        invoker.invoke(request("x", ""), calls);
        await().until(() -> !requests.isEmpty());

        for (var text : List.of("one", "two")) {
            plain.publish(answer(requests.getFirst()).text(text).build()).get(60, SECONDS);
        }

        await().until(() -> invoker.duplicateAnswers() == 1);
        assertThat(calls.answer().payload().text()).isEqualTo("one");
        assertThat(calls.events).hasSize(2);
        assertThat(invoker.lateAnswers()).isZero();
    }

    private static Message.Builder answer(Message request) {
        return Message.to(request.responseTopic().orElseThrow())
                .correlationData(request.correlationData().orElseThrow());
    }

    @EachServer
    void garbage_in_place_of_an_answer_is_the_devices_error_and_harms_no_other(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var plain = client(server, "-device");
        var requests = listen(plain, device + "/cmd/#");
        var invoker = invoker(server, properties());
        var calls = List.of(new Calls(), new Calls(), new Calls(), new Calls());
        for (int i = 0; i < calls.size(); i++) {
            invoker.invoke(request("x" + i, ""), calls.get(i));
        }
        await().until(() -> requests.size() == calls.size());
        // Each came on a topic of its own, and a server may hand those on in any order.
        var answers = requests.stream()
                .sorted(Comparator.comparing(request -> request.topic().value()))
                .map(RpcFaultTest::answer)
                .toList();

        answers.get(0).userProperty("__stat", GARBAGE);
        answers.get(1).payload(new byte[] {(byte) 0xff, 0}).utf8(true);
        answers.get(2).userProperty("__protVer", "9.9");
        answers.get(3).text("good");
        for (var answer : answers) {
            plain.publish(answer.build()).get(60, SECONDS);
        }
        plain.publish(Message.to(requests.getFirst().responseTopic().orElseThrow())
                        .correlationData(GARBAGE.getBytes(UTF_8))
                        .build())
                .get(60, SECONDS);

        assertThat(calls.get(0).answer().status()).isEqualTo(500);
        assertThat(calls.get(1).answer().text()).isEqualTo("the answer says that it is UTF-8, and is not");
        assertThat(calls.get(2).answer().text()).isEqualTo("the answer's protocol version is '9.9' (expected: 1.x)");
        assertThat(calls.get(2).answer().status()).isEqualTo(505);
        assertThat(calls.get(3).answer().payload().text()).isEqualTo("good");
        await().until(() -> invoker.unmatchedAnswers() == 1);
    }

    /** A server ends the connection for it, at each connect again. */
    @EachServer
    void a_control_character_in_an_answers_text_ends_no_connection(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        executor(
                server,
                properties(),
                Map.of(
                        "bad", _ -> CommandReply.failed(400, "bad \u0001 text"),
                        "good", _ -> CommandReply.ok(Payload.text("good"))));
        var invoker = invoker(server, properties());
        var bad = new Calls();
        var good = new Calls();

        invoker.invoke(request("bad", ""), bad);
        assertThat(bad.answer().text()).isEqualTo("the device's answer cannot be sent: not by MQTT's rules");
        invoker.invoke(request("good", ""), good);

        assertThat(good.answer().payload().text()).isEqualTo("good");
    }

    @Test
    void a_request_larger_than_the_server_takes_is_413() {
        try (var server = MosquittoServer.options().line("max_packet_size 2000").start()) {
            var plain = client(server.url(), SessionOptions.clean("device"));
            plain.subscribe(TopicFilter.of(device + "/cmd/#"), _ -> {});
            connect(plain);
            var asking = client(server.url(), SessionOptions.clean("caller"));
            var invoker = CommandInvoker.create(
                    asking, properties(), "caller", InstantSource.system(), RandomGenerator.getDefault());
            toClose.add(invoker);
            connect(asking);
            var calls = new Calls();

            invoker.invoke(CommandRequest.of("x", Payload.of(new byte[4_000], null), Duration.ofSeconds(15)), calls);

            assertThat(calls.failure().status()).isEqualTo(413);
            assertThat(calls.failure().origin()).isEqualTo(Origin.CALLER);
            assertThat(calls.failure().retryable()).isFalse();
            assertThat(asking.connected()).isTrue();
        }
    }
}
