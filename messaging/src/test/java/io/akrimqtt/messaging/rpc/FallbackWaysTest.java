package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.trace.TraceContext;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** PE 5.6: devices that know nothing of MQTT 5, on both versions. */
class FallbackWaysTest extends TwoClients {

    private static final Duration SHORT = Duration.ofMillis(400);

    private CommandTopics bare() {
        return new CommandTopics(topics("{device}/cmd/{command}"), topics("{device}/res"));
    }

    private CommandInvoker invoker(ServerCase server, CommandTopics topics, WayOfAsking way) {
        return invoker(
                server,
                topics,
                InvokerOptions.of("caller-" + device.replace('/', '-')).withWay(way));
    }

    /** A device of few words. */
    private PubSubClient device(ServerCase server, String answers, Function<Message, String> saying) {
        var client = client(server, "-device");
        client.subscribe(TopicFilter.of(device + "/cmd/#"), delivery -> {
            var words = saying.apply(delivery.message());
            if (!words.isEmpty()) {
                var _ = client.publish(Message.of(TopicName.of(device + answers), words));
            }
        });
        return connect(client);
    }

    @EachServer
    void pe_5_6_e_request_and_answer_in_an_envelope(ServerCase server) {
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), null);
        executor(
                server,
                topics,
                ExecutorOptions.DEFAULT.withEnvelope(true),
                Map.of("shout", CommandHandler.reporting((request, progress) -> {
                    progress.step(Payload.EMPTY, "half");
                    return new CommandReply(
                            201,
                            Payload.text(request.payload().text() + "!"
                                    + request.property("traceparent").orElse("")),
                            "as you wish");
                })));
        var calls = new Calls();
        var unknown = new Calls();

        var invoker = invoker(server, topics, WayOfAsking.ENVELOPE);
        var trace = TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "congo=t61 r")
                .orElseThrow();
        var shout = request("shout", "hey");
        for (var property : trace.properties()) {
            shout = shout.withProperty(property.name(), property.value());
        }
        invoker.invoke(shout, calls);
        invoker.invoke(request("what", "hey"), unknown);

        // Through CloudEvents' extension attributes there and back.
        var text = Payload.text("hey!" + trace.traceparent());
        assertThat(calls.answer()).isEqualTo(new CommandEvent.Answered(201, text, "as you wish", trace));
        assertThat(unknown.answer().trace()).isNull();
        assertThat(calls.events).contains(new CommandEvent.InProgress(Payload.EMPTY, "half"));
        assertThat(unknown.answer().status()).isEqualTo(404);
        assertThat(unknown.answer().text()).isEqualTo("no such command");
    }

    @EachServer
    void pe_5_6_e_a_device_that_parses_json_can_answer_by_itself(ServerCase server) {
        var seen = new CopyOnWriteArrayList<String>();
        device(server, "/answers", message -> {
            var text = message.text();
            seen.add(text);
            var id = text.replaceAll("(?s).*\"correlationid\":\"([0-9a-f]+)\".*", "$1");
            return "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/d\",\"type\":\"t\",\"correlationid\":\"" + id
                    + "\",\"status\":\"200\",\"datacontenttype\":\"application/json\",\"data\":{\"ok\":true}}";
        });
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), topics("{device}/answers"));
        var calls = new Calls();

        invoker(server, topics, WayOfAsking.ENVELOPE).invoke(request("x", "y"), calls);

        assertThat(calls.answer().payload().text()).isEqualTo("{\"ok\":true}");
        assertThat(seen.getFirst())
                .contains("\"replyto\":\"" + device + "/answers\"", "\"expirytime\":\"", "\"subject\":\"x\"");
    }

    @EachServer
    void pe_5_6_e_an_expired_or_foreign_envelope_is_not_done(ServerCase server) throws Exception {
        var times = new AtomicInteger();
        var client = client(server, "-device");
        var executor = CommandExecutor.create(
                client,
                properties(),
                Map.of("x", _ -> {
                    times.incrementAndGet();
                    return CommandReply.ok(Payload.EMPTY);
                }),
                ExecutorOptions.DEFAULT.withEnvelope(true),
                InstantSource.system());
        toClose.add(executor);
        connect(client);
        var start = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/c\",\"type\":\"t\",\"subject\":\"x\"";
        for (var text : new String[] {
            start + ",\"expirytime\":\"2020-01-01T00:00:00Z\"}",
            start + ",\"expirytime\":\"soon\"}",
            start + ",\"replyto\":\"$SYS/x\"}",
            start + ",\"replyto\":\"a/#\"}",
            start + ",\"replyto\":\"" + device + "/cmd/x\"}",
            "{",
            "hello",
            ""
        }) {
            client.publish(Message.of(TopicName.of(device + "/cmd/x"), text)).get(60, SECONDS);
        }

        await().until(() -> executor.dropped() == 8);
        assertThat(times).hasValue(0);
    }

    @EachServer
    void pe_5_6_s_the_next_message_is_the_answer_and_one_is_under_way(ServerCase server) {
        var client = client(server, "-device");
        client.subscribe(TopicFilter.of(device + "/cmd/#"), _ -> {});
        connect(client);
        var invoker = invoker(server, bare(), WayOfAsking.SINGLE_FLIGHT);
        var first = new Calls();
        var second = new Calls();
        var third = new Calls();

        invoker.invoke(request("x", ""), first);
        await().until(() -> !first.events.isEmpty());
        invoker.invoke(request("x", ""), second);
        assertThat(second.failure().status()).isEqualTo(429);
        assertThat(second.failure().origin()).isEqualTo(Origin.QUEUE);
        assertThat(second.failure().retryable()).isTrue();
        var _ = client.publish(Message.of(TopicName.of(device + "/res"), "ok"));
        assertThat(first.answer().payload().text()).isEqualTo("ok");

        invoker.invoke(request("x", ""), third);
        await().until(() -> !third.events.isEmpty());
        var _ = client.publish(Message.of(TopicName.of(device + "/res"), "again"));
        assertThat(third.answer().payload().text()).isEqualTo("again");
    }

    @EachServer
    void pe_5_6_s_a_late_answer_is_not_the_next_commands(ServerCase server) {
        var client = client(server, "-device");
        client.subscribe(TopicFilter.of(device + "/cmd/#"), _ -> {});
        connect(client);
        var invoker = invoker(server, bare(), WayOfAsking.SINGLE_FLIGHT);
        var first = new Calls();
        var late = new CopyOnWriteArrayList<String>();
        var next = new Calls();
        var last = new Calls();

        var time = Duration.ofSeconds(60);
        var call = invoker.invoke(
                CommandRequest.of("x", Payload.EMPTY, time),
                first,
                it -> late.add(it.payload().text()));
        await().until(() -> !first.events.isEmpty());
        call.cancel();
        assertThat(first.failure().status()).isEqualTo(499);
        invoker.invoke(request("x", ""), next);
        assertThat(next.failure().text()).isEqualTo("the answer to an earlier command may still come");
        var _ = client.publish(Message.of(TopicName.of(device + "/res"), "late"));
        await().until(() -> late.size() == 1);
        invoker.invoke(request("x", ""), last);
        await().until(() -> !last.events.isEmpty());
        var _ = client.publish(Message.of(TopicName.of(device + "/res"), "mine"));

        assertThat(last.answer().payload().text()).isEqualTo("mine");
        assertThat(late).containsExactly("late");
    }

    @EachServer
    void pe_5_6_s_without_a_late_answer_the_way_is_free_again_after_as_long(ServerCase server) {
        device(server, "/res", message -> message.text().equals("now") ? "here" : "");
        var invoker = invoker(server, bare(), WayOfAsking.SINGLE_FLIGHT);
        var first = new Calls();
        invoker.invoke(CommandRequest.of("x", Payload.EMPTY, SHORT), first);
        assertThat(first.failure().status()).isEqualTo(504);

        await().untilAsserted(() -> {
            var next = new Calls();
            invoker.invoke(request("x", "now"), next);
            assertThat(next.last()).isInstanceOf(CommandEvent.Answered.class);
        });
    }

    @EachServer
    void pe_5_6_p_done_when_the_state_shows_it(ServerCase server) {
        var client = client(server, "-device");
        client.subscribe(TopicFilter.of(device + "/cmd/#"), delivery -> {
            var state = Message.to(TopicName.of(device + "/state")).retain(true);
            var _ = client.publish(state.text("{\"state\":\"OFF\",\"level\":3}").build());
            var _ = client.publish(state.text("{\"level\": 3.0, \"color\":{\"x\":1,\"y\":2}, \"state\":\"ON\"}")
                    .build());
        });
        connect(client);
        var topics = new CommandTopics(topics("{device}/cmd/set"), topics("{device}/state"));
        var invoker = invoker(server, topics, WayOfAsking.STATE_ECHO);
        var calls = new Calls();
        var never = new Calls();

        invoker.invoke(request("set", "{\"state\":\"ON\",\"level\":3,\"color\":{\"x\":1}}"), calls);
        assertThat(calls.answer().status()).isEqualTo(200);
        assertThat(calls.answer().payload().text()).contains("\"state\":\"ON\"");
        invoker.invoke(CommandRequest.of("set", Payload.text("{\"state\":\"BLINK\"}"), Duration.ofSeconds(1)), never);
        assertThat(never.failure().status()).isEqualTo(504);
    }

    @EachServer
    void pe_5_6_p_a_plain_text_state_on_a_topic_for_each_command(ServerCase server) {
        device(server, "/state/speed", message -> message.text() + "\n");
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), topics("{device}/state/{command}"));
        var calls = new Calls();
        var other = new Calls();
        var invoker = invoker(server, topics, WayOfAsking.STATE_ECHO);

        invoker.invoke(CommandRequest.of("other", Payload.text("75"), Duration.ofSeconds(1)), other);
        invoker.invoke(request("speed", "75"), calls);

        assertThat(calls.answer().payload().text()).isEqualTo("75\n");
        assertThat(other.failure().status()).isEqualTo(504);
    }

    @EachServer
    void pe_5_6_s_a_trace_goes_beside_the_payload_and_back_where_mqtt_has_a_place(ServerCase server) {
        traced(server, WayOfAsking.SINGLE_FLIGHT);
    }

    @EachServer
    void pe_5_6_p_a_trace_goes_beside_the_payload_and_back_where_mqtt_has_a_place(ServerCase server) {
        traced(server, WayOfAsking.STATE_ECHO);
    }

    private void traced(ServerCase server, WayOfAsking way) {
        var trace = TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "congo=t61")
                .orElseThrow();
        var client = client(server, "-device");
        client.subscribe(TopicFilter.of(device + "/cmd/#"), delivery -> {
            var answer = Message.to(TopicName.of(device + "/res"))
                    .text(delivery.message().text());
            TraceContext.of(delivery.message())
                    .map(TraceContext::properties)
                    .ifPresent(all -> all.forEach(each -> answer.userProperty(each.name(), each.value())));
            var _ = client.publish(answer.build());
        });
        connect(client);
        var asked = request("x", "75");
        for (var property : trace.properties()) {
            asked = asked.withProperty(property.name(), property.value());
        }
        var calls = new Calls();

        invoker(server, bare(), way).invoke(asked, calls);

        assertThat(calls.answer().payload().text()).isEqualTo("75");
        assertThat(calls.answer().trace()).isEqualTo(server.mqtt5() ? trace : null);
    }

    @Test
    void topics_that_do_not_fit_a_way_are_refused_with_what_is_expected() {
        var options = InvokerOptions.of("c");

        assertThatThrownBy(
                        () -> Way.of(properties(), options.withWay(WayOfAsking.SINGLE_FLIGHT), InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(expected: a response topic, and no level '{request}')");
        assertThatThrownBy(() -> Way.of(ids(), options.withWay(WayOfAsking.STATE_ECHO), InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Way.of(ids(), options.withWay(WayOfAsking.ENVELOPE), InstantSource.system()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
