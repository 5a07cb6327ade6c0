package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Commands by MQTT 5's own way and by topic ids, between two clients. */
class RpcTest extends TwoClients {

    @EachServer
    void a_command_is_answered(ServerCase server) {
        executor(
                server,
                best(server),
                Map.of("shout", it -> CommandReply.ok(Payload.text(it.payload().text() + "!"))));
        var calls = new Calls();

        invoker(server, best(server)).invoke(request("shout", "hey"), calls);

        assertThat(calls.answer().status()).isEqualTo(200);
        assertThat(calls.answer().payload().text()).isEqualTo("hey!");
        assertThat(calls.events.getFirst()).isEqualTo(new CommandEvent.Published(false));
        assertThat(calls.events).hasSize(2);
    }

    @EachServer
    void the_way_by_topic_ids_works_on_both_versions(ServerCase server) {
        executor(server, ids(), Map.of("start", _ -> CommandReply.failed(409, "runs already")));
        var calls = new Calls();

        invoker(server, ids()).invoke(request("start", ""), calls);

        assertThat(calls.answer().status()).isEqualTo(409);
        assertThat(calls.answer().text()).isEqualTo(server.mqtt5() ? "runs already" : "");
    }

    @EachServer
    void an_unknown_command_is_answered_with_404_and_a_failing_handler_with_500(ServerCase server) {
        executor(server, best(server), Map.of("fail", _ -> {
            throw new IllegalStateException("the handler's secret");
        }));
        var invoker = invoker(server, best(server));
        var unknown = new Calls();
        var failing = new Calls();

        invoker.invoke(request("what", ""), unknown);
        invoker.invoke(request("fail", ""), failing);

        assertThat(unknown.answer().status()).isEqualTo(404);
        assertThat(failing.answer().status()).isEqualTo(500);
        assertThat(failing.answer().text()).doesNotContain("secret");
    }

    @EachServer
    void a_silent_device_times_out_and_its_late_answer_is_counted(ServerCase server) {
        var other = client(server, "-silent");
        var requests = listen(other, device + "/cmd/#");
        var invoker = invoker(server, best(server));

        var silent = unanswered(invoker, requests);
        var _ = other.publish(answer(server, silent.request()));

        await().until(() -> invoker.unmatchedAnswers() == 1);
        assertThat(silent.calls().events).hasSize(2);
    }

    private Message answer(ServerCase server, Message request) {
        if (server.mqtt5()) {
            return Message.to(request.responseTopic().orElseThrow())
                    .correlationData(request.correlationData().orElseThrow())
                    .build();
        }
        var id = request.topic().value().split("/", -1)[3];
        return Message.of(TopicName.of(device + "/res/" + id + "/200"), "");
    }

    @EachServer
    void a_command_that_is_taken_back_ends_with_499(ServerCase server) {
        var other = client(server, "-silent");
        other.subscribe(TopicFilter.of(device + "/cmd/#"), _ -> {});
        connect(other);
        var calls = new Calls();

        var call = invoker(server, best(server)).invoke(request("x", ""), calls);
        await().until(() -> !calls.events.isEmpty());
        call.cancel();
        call.cancel();

        assertThat(calls.failure().status()).isEqualTo(499);
        assertThat(calls.failure().origin()).isEqualTo(Origin.CALLER);
        assertThat(calls.events).hasSize(2);
    }

    @EachServer
    void pe_5_3_5_with_nobody_there_mqtt_5_fails_at_once(ServerCase server) {
        var calls = new Calls();
        var time = server.mqtt5() ? Duration.ofMinutes(1) : Duration.ofMillis(300);

        invoker(server, best(server)).invoke(CommandRequest.of("x", Payload.EMPTY, time), calls);

        assertThat(calls.failure().status()).isEqualTo(server.mqtt5() ? 503 : 504);
        assertThat(calls.failure().retryable()).isTrue();
        if (server.mqtt5()) {
            assertThat(calls.events.getFirst()).isEqualTo(new CommandEvent.Published(true));
            assertThat(calls.failure().text()).contains("nobody listens");
        }
    }

    @EachServer
    void mqtt_5s_way_on_3_fails_at_once_and_says_how_to_mend_it(ServerCase server) {
        var calls = new Calls();
        if (server.mqtt5()) {
            return;
        }

        invoker(server, properties()).invoke(request("x", ""), calls);

        assertThat(calls.failure().status()).isEqualTo(400);
        assertThat(calls.failure().text())
                .isEqualTo(
                        "MQTT 3.1.1 carries no response topic (expected: an MQTT 5 server, or a command topic '"
                                + device
                                + "/cmd/{command}' with a level '{request}' and a response topic with '{request}' and '{status}')");
    }

    @EachServer
    void progress_and_acceptance_are_told_before_the_answer(ServerCase server) {
        var other = client(server, "-device");
        var requests = listen(other, device + "/cmd/#");
        var calls = new Calls();

        invoker(server, best(server)).invoke(request("x", ""), calls);
        await().until(() -> !requests.isEmpty());
        var request = requests.getFirst();
        for (var status : List.of("202", "102", "200")) {
            var answer = server.mqtt5()
                    ? Message.to(request.responseTopic().orElseThrow())
                            .correlationData(request.correlationData().orElseThrow())
                            .userProperty("status", status)
                    : Message.to(TopicName.of(
                            device + "/res/" + request.topic().value().split("/", -1)[3] + "/" + status));
            // By topic ids each goes to a topic of its own, and a server may hand them on in any order.
            int before = Math.max(1, calls.events.size());
            var _ = other.publish(answer.text(status).build());
            await().until(() -> calls.events.size() > before);
        }

        assertThat(calls.events)
                .containsExactly(
                        new CommandEvent.Published(false),
                        new CommandEvent.Accepted(""),
                        new CommandEvent.InProgress(Payload.of("102".getBytes(UTF_8), null), ""),
                        new CommandEvent.Answered(200, Payload.of("200".getBytes(UTF_8), null), ""));
    }

    @EachServer
    void forged_answers_match_nothing(ServerCase server) throws Exception {
        var done = new CountDownLatch(1);
        executor(server, best(server), Map.of("wait", _ -> {
            done.await();
            return CommandReply.ok(Payload.text("true answer"));
        }));
        var invoker = invoker(server, best(server));
        var calls = new Calls();
        invoker.invoke(request("wait", ""), calls);
        await().until(() -> !calls.events.isEmpty());

        var forger = client(server, "-forger");
        connect(forger);
        var forged = server.mqtt5()
                ? Message.to(TopicName.of("clients/caller/responses"))
                        .correlationData(new byte[16])
                        .text("forged")
                        .build()
                : Message.of(TopicName.of(device + "/res/" + "0".repeat(32) + "/200"), "forged");
        forger.publish(forged).get(60, SECONDS);
        forger.publish(forged.toBuilder().correlationData(null).build()).get(60, SECONDS);
        await().until(() -> invoker.unmatchedAnswers() >= 2);
        done.countDown();

        assertThat(calls.answer().payload().text()).isEqualTo("true answer");
    }

    @EachServer
    void a_request_that_comes_twice_is_done_once_and_answered_the_same(ServerCase server) throws Exception {
        var times = new ConcurrentHashMap<String, AtomicInteger>();
        executor(
                server,
                best(server),
                Map.of(
                        "count",
                        it -> CommandReply.ok(Payload.text(""
                                + times.computeIfAbsent(it.command(), _ -> new AtomicInteger())
                                        .incrementAndGet()))));
        var other = client(server, "-twice");
        var answers = new CopyOnWriteArrayList<String>();
        other.subscribe(
                TopicFilter.of(server.mqtt5() ? "twice/answers" : device + "/res/#"),
                it -> answers.add(it.message().text()));
        connect(other);
        var request = server.mqtt5()
                ? Message.to(TopicName.of(device + "/cmd/count"))
                        .responseTopic(TopicName.of("twice/answers"))
                        .correlationData(new byte[] {1})
                        .build()
                : Message.of(TopicName.of(device + "/cmd/17/count"), "");

        for (int i = 1; i <= 3; i++) {
            int count = i;
            other.publish(request).get(60, SECONDS);
            await().until(() -> answers.size() >= count);
        }

        assertThat(answers).containsExactly("1", "1", "1");
    }

    @EachServer
    void a_one_way_command_ends_when_it_is_published(ServerCase server) {
        var done = new CountDownLatch(1);
        executor(server, best(server), Map.of("go", request -> {
            if (request.oneWay()) {
                done.countDown();
            }
            return CommandReply.ok(Payload.EMPTY);
        }));
        var calls = new Calls();

        invoker(server, best(server))
                .invoke(new CommandRequest("go", Payload.EMPTY, Duration.ofSeconds(10), true), calls);

        await().until(() -> done.getCount() == 0);
        await().until(() -> calls.events.size() == 1);
        assertThat(calls.events).containsExactly(new CommandEvent.Published(false));
    }

    @EachServer
    void nobody_makes_a_device_publish_to_forbidden_topics(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var times = new AtomicInteger();
        var client = client(server, "-device");
        var executor = CommandExecutor.create(
                client,
                properties(),
                Map.of("go", _ -> {
                    times.incrementAndGet();
                    return CommandReply.ok(Payload.EMPTY);
                }),
                InstantSource.system());
        toClose.add(executor);
        connect(client);
        var tricks = List.of("$SYS/broker", device + "/cmd/go");

        for (var trick : tricks) {
            client.publish(Message.to(TopicName.of(device + "/cmd/go"))
                            .responseTopic(TopicName.of(trick))
                            .build())
                    .get(60, SECONDS);
        }

        await().until(() -> executor.dropped() == 2);
        assertThat(times).hasValue(0);
    }

    @EachServer
    void a_closed_invoker_ends_what_is_under_way_and_takes_nothing_more(ServerCase server) {
        var other = client(server, "-silent");
        other.subscribe(TopicFilter.of(device + "/cmd/#"), _ -> {});
        connect(other);
        var invoker = invoker(server, best(server));
        var before = new Calls();
        var after = new Calls();
        invoker.invoke(request("x", ""), before);
        await().until(() -> !before.events.isEmpty());

        invoker.close();
        assertThat(before.failure().status()).isEqualTo(499);
        await().until(() -> {
            invoker.invoke(request("x", ""), after);
            return !after.events.isEmpty();
        });

        assertThat(after.failure().status()).isEqualTo(499);
    }

    @EachServer
    void a_busy_device_says_so(ServerCase server) {
        var gate = new CountDownLatch(1);
        executor(
                server,
                best(server),
                ExecutorOptions.DEFAULT.withAtATime(2).withAcknowledgeEarly(true),
                Map.of("wait", _ -> {
                    gate.await();
                    return CommandReply.ok(Payload.EMPTY);
                }));
        var invoker = invoker(server, best(server));
        var calls = new Calls();

        for (int i = 0; i < 3; i++) {
            invoker.invoke(request("wait", ""), calls);
        }

        assertThat(calls.answer().status()).isEqualTo(429);
        gate.countDown();
        await().until(() -> calls.events.stream()
                        .filter(CommandEvent.Answered.class::isInstance)
                        .count()
                == 3);
    }

    @EachServer
    void bad_requests_and_no_connection_fail_at_once(ServerCase server) {
        var invoker = invoker(server, best(server));
        var wildcard = new Calls();
        var levels = new Calls();
        var large = new Calls();

        invoker.invoke(request("#", ""), wildcard);
        invoker.invoke(request("a/b", ""), levels);
        invoker.invoke(
                CommandRequest.of("x", Payload.of(new byte[CommandInvoker.LARGEST + 1], null), Duration.ofSeconds(20)),
                large);

        assertThat(wildcard.failure().status()).isEqualTo(400);
        assertThat(levels.failure().text()).isEqualTo("command: 'a/b' has more than one level (expected: no '/')");
        assertThat(large.failure().status()).isEqualTo(413);
        var unconnected = new Calls();
        CommandInvoker.create(
                        client(server, "-away"),
                        best(server),
                        "away",
                        InstantSource.system(),
                        RandomGenerator.getDefault())
                .invoke(request("x", ""), unconnected);
        assertThat(unconnected.failure())
                .isEqualTo(new CommandEvent.Failed(503, Origin.SERVER, true, "not connected to the MQTT server"));
    }
}
