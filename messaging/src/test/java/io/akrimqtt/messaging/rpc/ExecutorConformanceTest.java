package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;

/** PE 5.3: what an executor remembers, when it gives up, and what it does when it is told to. */
class ExecutorConformanceTest extends TwoClients {

    private final AtomicInteger times = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Map<String, CommandHandler> handlers =
            Map.of("count", _ -> CommandReply.ok(Payload.text("" + times.incrementAndGet())), "wait", _ -> {
                times.incrementAndGet();
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                    throw e;
                }
                return CommandReply.ok(Payload.text("waited"));
            });

    private Message.Builder request(String command, int correlation) {
        return Message.to(TopicName.of(device + "/cmd/" + command))
                .responseTopic(TopicName.of(device + "/answers"))
                .correlationData(new byte[] {(byte) correlation})
                .expiry(Duration.ofSeconds(30));
    }

    private static void publish(PubSubClient client, Message.Builder message) throws Exception {
        client.publish(message.build()).get(60, SECONDS);
    }

    private static List<String> statuses(List<Message> answers) {
        return answers.stream()
                .map(it -> it.userProperty("__stat").orElse("none"))
                .toList();
    }

    @EachServer
    void pe_5_3_1_duplicates_are_done_once_and_get_the_same_bytes(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), handlers);
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        for (int i = 1; i <= 3; i++) {
            int count = i;
            publish(plain, request("count", 1));
            await().until(() -> answers.size() == count);
        }
        publish(plain, request("count", 2));
        await().until(() -> answers.size() == 4);

        assertThat(answers).extracting(Message::text).containsExactly("1", "1", "1", "2");
    }

    @EachServer
    void pe_5_3_1_a_duplicate_of_what_is_being_done_joins_it(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), ExecutorOptions.DEFAULT.withAcknowledgeEarly(true), handlers);
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        publish(plain, request("wait", 1));
        publish(plain, request("wait", 1));
        publish(plain, request("count", 2));
        await().until(() -> answers.size() == 1);
        gate.countDown();
        publish(plain, request("count", 3));
        await().until(() -> answers.size() == 3);

        assertThat(times).hasValue(3);
    }

    @EachServer
    void pe_5_3_1_it_remembers_through_a_restart(ServerCase server, @TempDir Path folder) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");
        for (int i = 0; i < 2; i++) {
            try (var store = FileDedupStore.open(folder.resolve("requests"));
                    var client = client(server, "-device");
                    var _ = CommandExecutor.create(
                            client,
                            properties(),
                            handlers,
                            ExecutorOptions.DEFAULT.withStore(store),
                            InstantSource.system())) {
                connect(client);
                publish(plain, request("count", 1));
                int count = i + 1;
                await().until(() -> answers.size() == count);
                if (i == 0) {
                    publish(plain, request("wait", 2));
                    await().until(() -> times.get() == 2);
                } else {
                    publish(plain, request("wait", 2));
                }
                int more = i == 0 ? 1 : 4;
                if (i == 1) {
                    // They are done at the same time.
                    await().until(() -> answers.size() == 3);
                    publish(plain, request("count", 3));
                }
                await().until(() -> answers.size() >= more);
            }
        }

        assertThat(statuses(answers)).containsExactly("200", "200", "500", "200");
        assertThat(answers).extracting(Message::text).containsExactly("1", "1", "", "3");
        assertThat(answers.get(2).userProperty("__stMsg"))
                .hasValue("the device restarted while it did this: it may have been done");
    }

    @EachServer
    void pe_5_3_2_the_execution_timeout_is_answered_with_408_and_stops_the_handler(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), ExecutorOptions.DEFAULT.withExecutionTimeout(Duration.ofMillis(200)), handlers);
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        publish(plain, request("wait", 1));
        await().until(() -> answers.size() == 1);

        assertThat(statuses(answers)).containsExactly("408");
        assertThat(answers.getFirst().userProperty("__propName")).hasValue("ExecutionTimeout");
        assertThat(answers.getFirst().userProperty("__propVal")).hasValue("PT0.2S");
        await().until(() -> interrupted.getCount() == 0);
    }

    @EachServer
    void pe_5_3_3_the_first_answer_wins_later_ones_are_told_apart(ServerCase server) throws Exception {
        var plain = client(server, "-device");
        var requests = listen(plain, device + "/cmd/#");
        var invoker = invoker(server, best(server));
        var silent = unanswered(invoker, requests);
        for (var text : List.of("first", "second")) {
            plain.publish(answer(server, silent.request(), text)).get(60, SECONDS);
        }

        await().until(() -> invoker.duplicateAnswers() == 1);
        assertThat(invoker.lateAnswers()).isEqualTo(1);
        assertThat(invoker.unmatchedAnswers()).isEqualTo(2);
        assertThat(silent.late()).extracting(it -> it.payload().text()).containsExactly("first");
        assertThat(silent.calls().events).hasSize(2);
    }

    private Message answer(ServerCase server, Message request, String text) {
        return server.mqtt5()
                ? Message.to(request.responseTopic().orElseThrow())
                        .correlationData(request.correlationData().orElseThrow())
                        .text(text)
                        .build()
                : Message.of(
                        TopicName.of(device + "/res/" + request.topic().value().split("/", -1)[3] + "/200"), text);
    }

    @EachServer
    void pe_5_3_4_a_failed_handler_is_answered_and_never_comes_again(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), Map.of("fail", _ -> {
            times.incrementAndGet();
            throw new IllegalStateException("planned");
        }));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        publish(plain, request("fail", 1));
        await().until(() -> answers.size() == 1);
        publish(plain, request("fail", 1));
        await().until(() -> answers.size() == 2);

        assertThat(statuses(answers)).containsExactly("500", "500");
        assertThat(answers.getFirst().userProperty("__apErr")).hasValue("true");
        assertThat(times).hasValue(1);
    }

    @EachServer
    void a_handler_that_throws_an_error_keeps_no_place(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), ExecutorOptions.DEFAULT.withAtATime(1), Map.of("fail", _ -> {
            throw new AssertionError("planned");
        }));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        publish(plain, request("fail", 1));
        await().until(() -> answers.size() == 1);
        publish(plain, request("fail", 2));
        await().until(() -> answers.size() == 2);

        assertThat(statuses(answers)).containsExactly("500", "500");
    }

    @EachServer
    void an_idempotency_key_means_the_same_answer_and_another_body_409(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), handlers);
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        publish(plain, request("count", 1).text("a").userProperty("idem", "k"));
        await().until(() -> answers.size() == 1);
        publish(plain, request("count", 2).text("a").userProperty("idem", "k"));
        publish(plain, request("count", 3).text("b").userProperty("idem", "k"));
        publish(plain, request("count", 4).text("b").userProperty("idem", "other"));
        await().until(() -> answers.size() == 4);

        assertThat(statuses(answers)).containsExactly("200", "200", "409", "200");
        assertThat(answers).extracting(Message::text).containsExactly("1", "1", "", "2");
        assertThat(answers.get(1).correlationData()).hasValue(new byte[] {2});
    }

    @EachServer
    void a_command_that_is_taken_back_stops_and_is_not_done_again(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), ExecutorOptions.DEFAULT.withAcknowledgeEarly(true), handlers);
        var invoker = invoker(server, properties(), InvokerOptions.of("caller").withAnnounceCancel(true));
        var calls = new Calls();

        var call = invoker.invoke(request("wait", ""), calls);
        await().until(() -> times.get() == 1);
        call.cancel();

        assertThat(calls.failure().status()).isEqualTo(499);
        await().until(() -> interrupted.getCount() == 0);
        await().until(() -> invoker.lateAnswers() == 1);
    }

    @EachServer
    void a_session_loss_is_survived_since_the_executor_answers_again(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), handlers);
        try (var proxy = FaultProxy.before(server.url())) {
            var client = client(proxy.url(), server.clean(device.replace('/', '-') + "-caller"));
            var invoker = CommandInvoker.create(
                    client,
                    properties(),
                    InvokerOptions.of("caller-" + device.replace('/', '-')).withRepeatAfterSessionLoss(true),
                    InstantSource.system(),
                    RandomGenerator.getDefault());
            toClose.add(invoker);
            connect(client);
            var calls = new Calls();
            invoker.invoke(request("wait", ""), calls);
            await().until(() -> times.get() == 1 && !calls.events.isEmpty());

            proxy.cut();
            await().until(() -> !client.connected());
            gate.countDown();
            // The answer goes out while nobody is there to take it.
            var plain = client(server, "-plain");
            var answers = listen(plain, device + "/answers");
            publish(plain, request("count", 1));
            await().until(() -> answers.size() == 1);
            proxy.heal();

            assertThat(calls.answer().payload().text()).isEqualTo("waited");
            assertThat(times).hasValue(2);
        }
    }
}
