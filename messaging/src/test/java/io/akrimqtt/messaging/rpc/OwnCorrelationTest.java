package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls under a correlation that their caller chooses, and answers that no call waits for. */
class OwnCorrelationTest extends TwoClients {

    private static final UUID ID = UUID.fromString("0193a0b1-c2d3-7e4f-8a5b-6c7d8e9f0a1b");
    private static final UUID OTHER = UUID.fromString("0193a0b1-c2d3-7e4f-8a5b-000000000000");

    private static String hex(UUID id) {
        return id.toString().replace("-", "");
    }

    @EachServer
    void a_request_goes_out_under_the_correlation_that_its_caller_chose(ServerCase server) {
        var requests = listen(client(server, "-device"), device + "/cmd/#");
        var invoker = invoker(server, ids());

        var first = invoker.invoke(request("x", ""), ID, new Calls());
        await().until(() -> requests.size() == 1);
        assertThat(requests.getFirst().topic().value()).isEqualTo(device + "/cmd/" + hex(ID) + "/x");
        var again = new Calls();
        invoker.invoke(request("x", ""), ID, again);
        assertThat(again.failure())
                .isEqualTo(new CommandEvent.Failed(
                        400, Origin.CALLER, false, "correlation: is under way already (expected: another one)"));

        // A later one under the same correlation is the same request again.
        first.cancel();
        invoker.invoke(request("x", ""), ID, new Calls());
        await().until(() -> requests.size() == 2);
        assertThat(requests.get(1).topic()).isEqualTo(requests.getFirst().topic());
    }

    @EachServer
    void answers_that_no_call_waits_for_are_told_with_their_correlation(ServerCase server) {
        var client = client(server, "-device");
        listen(client, device + "/cmd/#");
        var invoker = invoker(server, ids());
        var strays = new CopyOnWriteArrayList<StrayAnswer>();
        invoker.onStray(strays::add);
        var calls = new Calls();

        invoker.invoke(CommandRequest.of("x", Payload.EMPTY, Duration.ofMillis(300)), ID, calls);
        assertThat(calls.failure().status()).isEqualTo(504);
        answer(client, "res/" + hex(ID) + "/200", "late");
        answer(client, "res/" + hex(OTHER) + "/500", "of another process");
        answer(client, "res/no-id/200", "garbage");

        await().until(() -> invoker.unmatchedAnswers() == 3 && strays.size() == 2);
        // They came on topics of their own, and a server may hand those on in any order.
        assertThat(strays)
                .containsExactlyInAnyOrder(
                        new StrayAnswer(
                                ID, new CommandEvent.Answered(200, Payload.of("late".getBytes(UTF_8), null), "")),
                        new StrayAnswer(
                                OTHER,
                                new CommandEvent.Answered(
                                        500, Payload.of("of another process".getBytes(UTF_8), null), "")));
    }

    @EachServer
    void answers_are_awaited_at_another_place_too(ServerCase server) {
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), null);
        var client = client(server, "-device");
        listen(client, device + "/cmd/#");
        var options = InvokerOptions.of("caller-" + device.replace('/', '-')).withWay(WayOfAsking.ENVELOPE);
        var invoker = invoker(server, topics, options);
        var place = TopicFilter.of(device + "/elsewhere");
        assertThat(invoker.listenAt(place)).isTrue();
        assertThat(invoker.listenAt(place)).isFalse();
        assertThat(invoker.listenAt(invoker.answers())).isFalse();
        var calls = new Calls();

        invoker.invoke(request("x", ""), ID, calls);
        await().until(() -> {
            answer(client, "elsewhere", """
                    {"specversion":"1.0","id":"a","source":"/d","type":"t","correlationid":"%s","status":"201"}
                    """.formatted(hex(ID)));
            return calls.events.stream().anyMatch(CommandEvent.Answered.class::isInstance);
        });

        assertThat(calls.answer().status()).isEqualTo(201);
    }

    @EachServer
    void where_answers_carry_nothing_a_late_one_is_told_as_that_of_the_call_before(ServerCase server) {
        var client = client(server, "-device");
        listen(client, device + "/cmd/#");
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), topics("{device}/res"));
        var options = InvokerOptions.of("caller-" + device.replace('/', '-')).withWay(WayOfAsking.SINGLE_FLIGHT);
        var invoker = invoker(server, topics, options);
        var strays = new CopyOnWriteArrayList<StrayAnswer>();
        invoker.onStray(strays::add);
        var calls = new Calls();

        var call = invoker.invoke(CommandRequest.of("x", Payload.EMPTY, Duration.ofSeconds(60)), ID, calls);
        await().until(() -> !calls.events.isEmpty());
        call.cancel();
        assertThat(calls.failure().status()).isEqualTo(499);
        answer(client, "res", "late");

        await().until(() -> !strays.isEmpty());
        assertThat(strays).extracting(StrayAnswer::correlation).containsExactly(ID);
        assertThat(List.of(invoker.lateAnswers(), invoker.duplicateAnswers())).containsExactly(1L, 0L);
    }

    private void answer(PubSubClient client, String below, String words) {
        var _ = client.publish(Message.of(TopicName.of(device + "/" + below), words));
    }
}
