package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** PE 5.2: what an executor's response looks like on the wire, and when the request is acknowledged. */
class ResponseConformanceTest extends TwoClients {

    private static final byte[] CORRELATION = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    Message.Builder request(String command) {
        return Message.to(TopicName.of(device + "/cmd/" + command))
                .responseTopic(TopicName.of(device + "/answers"))
                .correlationData(CORRELATION)
                .expiry(Duration.ofSeconds(15));
    }

    private Message answered(ServerCase server, Map<String, CommandHandler> handlers, Message request)
            throws Exception {
        executor(server, properties(), handlers);
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");
        plain.publish(request).get(60, SECONDS);
        await().until(() -> !answers.isEmpty());
        return answers.getFirst();
    }

    @EachServer
    void pe_5_2_topic_correlation_and_expiry(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var answer = answered(
                server,
                Map.of("x", _ -> CommandReply.ok(Payload.text("done"))),
                request("x").build());

        assertThat(answer.topic().value()).isEqualTo(device + "/answers");
        assertThat(answer.correlationData()).hasValue(CORRELATION);
        assertThat(answer.expiry().orElseThrow()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(15));
        assertThat(answer.utf8()).isTrue();
        assertThat(answer.userProperties())
                .containsExactly(new UserProperty("__protVer", "1.0"), new UserProperty("__stat", "200"));
    }

    @EachServer
    void pe_5_2_any_correlation_bytes_are_echoed(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var answer = answered(
                server,
                Map.of("x", _ -> CommandReply.ok(Payload.EMPTY)),
                request("x").correlationData(new byte[] {7}).build());

        assertThat(answer.correlationData()).hasValue(new byte[] {7});
    }

    @EachServer
    void pe_5_2_nothing_left_means_nothing_sent(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), Map.of("slow", _ -> {
            new CountDownLatch(1).await();
            return CommandReply.ok(Payload.EMPTY);
        }));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        plain.publish(request("slow").expiry(Duration.ofSeconds(1)).build()).get(60, SECONDS);
        plain.publish(request("unknown").correlationData(new byte[] {2}).build())
                .get(60, SECONDS);
        // Long after the slow one's second: the unknown one of another second has been answered, too.
        await().until(() -> answers.size() == 1);
        await().during(Duration.ofMillis(1_500)).until(() -> answers.size() == 1);

        assertThat(answers.getFirst().userProperty("__stat")).hasValue("404");
    }

    @EachServer
    void pe_5_2_an_error_of_the_application_says_so_and_one_of_the_protocol_does_not(ServerCase server)
            throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), Map.of("no", _ -> CommandReply.failed(422, "not today")));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        plain.publish(request("no").build()).get(60, SECONDS);
        await().until(() -> answers.size() == 1);
        plain.publish(request("what").build()).get(60, SECONDS);
        await().until(() -> answers.size() == 2);

        assertThat(answers.getFirst().userProperties())
                .contains(
                        new UserProperty("__stat", "422"),
                        new UserProperty("__stMsg", "not today"),
                        new UserProperty("__apErr", "true"));
        assertThat(answers.getLast().userProperty("__stat")).hasValue("404");
        assertThat(answers.getLast().userProperty("__apErr")).isEmpty();
    }

    @EachServer
    void pe_5_2_progress_has_status_102_and_a_sequence_and_is_not_last(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), Map.of("long", CommandHandler.reporting((_, progress) -> {
            progress.accepted("soon");
            progress.step(Payload.text("50"), "half");
            return CommandReply.ok(Payload.text("100"));
        })));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        plain.publish(request("long").build()).get(60, SECONDS);
        await().until(() -> answers.size() == 3);

        assertThat(answers)
                .extracting(it -> it.userProperty("__stat").orElse("") + " "
                        + it.userProperty("seq").orElse("-") + " "
                        + it.userProperty("last").orElse("-"))
                .containsExactly("202 1 false", "102 2 false", "200 - -");
        var calls = new Calls();
        invoker(server, properties()).invoke(TwoClients.request("long", ""), calls);
        assertThat(calls.answer().payload().text()).isEqualTo("100");
        assertThat(calls.events).hasSize(4);
    }

    /**
     * The slow one came first: until it is answered, neither is acknowledged, so both come again. HiveMQ CE does not even send
     * the fast one before the slow one is acknowledged.
     */
    @EachServer
    void pe_5_2_a_request_is_acknowledged_after_its_answer_and_in_order(ServerCase server) throws Exception {
        if (!server.server().equals("Mosquitto")) {
            return;
        }
        var gate = new CountDownLatch(1);
        var times = new AtomicInteger();
        Map<String, CommandHandler> handlers = Map.of(
                "slow",
                _ -> {
                    times.incrementAndGet();
                    gate.await();
                    return CommandReply.ok(Payload.text("slow"));
                },
                "fast",
                _ -> CommandReply.ok(Payload.text("fast " + times.incrementAndGet())));
        try (var proxy = FaultProxy.before(server.url())) {
            var executing = client(
                    proxy.url(),
                    server.clean(device.replace('/', '-') + "-device").withSessionExpiry(Duration.ofMinutes(5)));
            toClose.add(CommandExecutor.create(executing, ids(), handlers, InstantSource.system()));
            connect(executing);
            var plain = client(server, "-plain");
            var answers = listen(plain, device + "/res/#");
            plain.publish(byIds("1", "slow")).get(60, SECONDS);
            await().until(() -> times.get() == 1);
            plain.publish(byIds("2", "fast")).get(60, SECONDS);
            await().until(() -> texts(answers).equals(List.of("fast 2")));
            settle(executing);

            proxy.drop();
            // Not acknowledged, so the server sends both again: the fast one is answered from memory, the same.
            await().until(() -> texts(answers).equals(List.of("fast 2", "fast 2")));
            gate.countDown();
            await().until(() -> answers.size() == 3);
            fence(plain, answers, 4);
            settle(executing);
            int before = proxy.accepted();
            proxy.drop();
            await().until(() -> proxy.accepted() > before && executing.connected());
            fence(plain, answers, 5);

            assertThat(times).hasValue(2 + 2);
            assertThat(texts(answers)).containsExactly("fast 2", "fast 2", "slow", "fast 3", "fast 4");
        }
    }

    /** The one that died had answered the second, but that one's turn to be acknowledged had not come. */
    @EachServer
    void pe_5_2_what_a_dead_executor_has_not_acknowledged_in_turn_comes_again(ServerCase server) throws Exception {
        var session = server.clean(device.replace('/', '-') + "-device").withSessionExpiry(Duration.ofMinutes(5));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/res/#");
        try (var subscribing = client(server.url(), session)) {
            CommandExecutor.create(subscribing, ids(), Map.of(), InstantSource.system());
            connect(subscribing);
        }
        plain.publish(byIds("1", "slow")).get(60, SECONDS);
        plain.publish(byIds("2", "fast")).get(60, SECONDS);
        try (var proxy = FaultProxy.before(server.url());
                var dying = client(proxy.url(), session)) {
            CommandExecutor.create(dying, ids(), handlers("first", new CountDownLatch(1)), InstantSource.system());
            connect(dying);
            await().until(() -> texts(answers).contains("fast at first"));
            proxy.cut();
        }
        var next = client(server.url(), session);
        CommandExecutor.create(next, ids(), handlers("last", new CountDownLatch(0)), InstantSource.system());
        connect(next);

        await().until(() -> texts(answers).containsAll(List.of("slow at last", "fast at last")));
        assertThat(texts(answers)).doesNotContain("slow at first");
    }

    private static Map<String, CommandHandler> handlers(String when, CountDownLatch gate) {
        return Map.of(
                "slow",
                _ -> {
                    gate.await();
                    return CommandReply.ok(Payload.text("slow at " + when));
                },
                "fast",
                _ -> CommandReply.ok(Payload.text("fast at " + when)));
    }

    private void fence(PubSubClient plain, List<Message> answers, int count) throws Exception {
        plain.publish(byIds("fence-" + count, "fast")).get(60, SECONDS);
        await().until(() -> answers.size() == count);
    }

    /** Behind this the server has acknowledged its answers, and behind those has got the acknowledgements of their requests. */
    private void settle(PubSubClient executing) throws Exception {
        for (int i = 0; i < 2; i++) {
            executing.publish(Message.of(TopicName.of(device + "/fence"), "")).get(60, SECONDS);
        }
    }

    private Message byIds(String id, String command) {
        return Message.of(TopicName.of(device + "/cmd/" + id + "/" + command), "");
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream().map(Message::text).toList();
    }
}
