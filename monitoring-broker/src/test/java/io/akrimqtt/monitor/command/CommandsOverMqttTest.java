package io.akrimqtt.monitor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.InvokerOptions;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.monitor.TestClient;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.QueueRules;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Commands over a real MQTT server to devices that behave badly. */
class CommandsOverMqttTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BRIEF = Duration.ofSeconds(1);
    private static final String ANSWERS = "clients/test-workload/responses";

    private final MosquittoServer server = MosquittoServer.start();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<CommandUpdate> updates = new CopyOnWriteArrayList<>();
    private DeviceCommands commands = start();

    private DeviceCommands start() {
        var session = SessionOptions.clean("test-workload");
        PubSubClient client = MqttPubSubClient.create(server.url(), Credentials.NONE, TlsOptions.DEFAULT, session);
        var topics = new CommandTopics(TopicTemplate.of("pump/cmd/{command}"), null);
        var route = MqttRoute.create(
                client, topics, InvokerOptions.of("test-workload"), InstantSource.system(), new SecureRandom());
        var started = DeviceCommands.start(
                List.of(route),
                QueueRules.DEFAULT,
                new MemoryKeeper("test"),
                InstantSource.system(),
                new SecureRandom());
        parts.add(route);
        parts.add(client);
        client.connect();
        return started;
    }

    @BeforeEach
    void connected() {
        var pings = new CopyOnWriteArrayList<CommandUpdate>();
        await().atMost(SOON).until(() -> {
            commands.invoke(new CommandOrder("ping", Payload.EMPTY, BRIEF, true), pings::add);
            return pings.stream().anyMatch(update -> update.outcome().state() == CommandState.PUBLISHED);
        });
    }

    @AfterEach
    void close() throws Exception {
        for (var part : parts) {
            part.close();
        }
        commands.close();
        server.close();
    }

    private TestClient device(java.util.function.Function<Message, Optional<Message>> answer) {
        var device = TestClient.answering(server.url(), ProtocolVersion.MQTT_5, "pump/cmd/+", answer);
        parts.addFirst(device);
        return device;
    }

    private static Message.Builder answer(Message request) {
        return Message.to(request.responseTopic().orElseThrow())
                .correlationData(request.correlationData().orElseThrow());
    }

    private CommandUpdate last(Duration timeout) {
        commands.invoke(new CommandOrder("start", Payload.text("7"), timeout, false), updates::add);
        await().atMost(timeout.plus(SOON)).until(() -> updates.stream().anyMatch(CommandsOverMqttTest::isLast));
        return updates.getLast();
    }

    private static boolean isLast(CommandUpdate update) {
        return update.outcome().last();
    }

    @Test
    void the_command_s_id_is_the_request_s_correlation_and_what_is_left_its_expiry() {
        var requests = new CopyOnWriteArrayList<Message>();
        device(request -> {
            requests.add(request);
            return Optional.of(answer(request).build());
        });

        var first = last(SOON);
        updates.clear();
        var second = last(SOON);

        assertThat(requests)
                .extracting(request ->
                        HexFormat.of().formatHex(request.correlationData().orElseThrow()))
                .containsExactly(first.id(), second.id());
        assertThat(requests.getFirst().responseTopic().orElseThrow().value()).isEqualTo(ANSWERS);
        assertThat(requests.getFirst().expiry().orElseThrow()).isLessThanOrEqualTo(SOON);
    }

    @Test
    void a_device_that_dies_after_receiving_leads_to_a_timeout() {
        device(_ -> Optional.empty());

        assertThat(last(BRIEF).outcome())
                .satisfies(outcome -> assertThat(outcome.state()).isEqualTo(CommandState.TIMED_OUT))
                .satisfies(outcome -> assertThat(outcome.text()).isEqualTo("no answer within 1000 ms"));
    }

    @Test
    void nobody_there_is_told_at_once() {
        assertThat(last(SOON).outcome().status()).isEqualTo(503);
        assertThat(updates.getLast().outcome().text()).startsWith("nobody listens");
    }

    @Test
    void the_second_answer_of_a_device_changes_nothing() {
        var device = new TestClient[1];
        device[0] = device(request -> {
            device[0].publish(answer(request).text("first").build());
            return Optional.of(answer(request).userProperty("__stat", "500").build());
        });

        assertThat(last(SOON).outcome().payload().text()).isEqualTo("first");
        assertThat(updates).filteredOn(CommandsOverMqttTest::isLast).hasSize(1);
    }

    @Test
    void a_late_answer_is_attached() {
        var late = new CopyOnWriteArrayList<Message>();
        var device = device(request -> {
            late.add(answer(request).text("late").build());
            return Optional.empty();
        });
        var id = last(BRIEF).id();

        device.publish(late.getFirst());

        await().atMost(SOON).untilAsserted(() -> {
            var view = commands.find(id).join().orElseThrow();
            assertThat(view.latest().outcome().state()).isEqualTo(CommandState.TIMED_OUT);
            var attached = view.late();
            assertThat(attached).isNotNull();
            assertThat(attached == null ? "" : attached.outcome().payload().text())
                    .isEqualTo("late");
        });
        assertThat(commands.counters().late()).isOne();
    }

    @Test
    void garbage_foreign_and_forged_answers_harm_nothing() {
        var device = new TestClient[1];
        device[0] = device(request -> {
            var topic = TopicName.of(ANSWERS);
            device[0].publish(Message.to(topic).text("without correlation").build());
            device[0].publish(Message.to(topic).correlationData(new byte[16]).build());
            device[0].publish(Message.to(topic).correlationData(new byte[200]).build());
            return Optional.of(answer(request)
                    .payload(new byte[] {(byte) 0xff, (byte) 0xc0, 0})
                    .userProperty("__stat", "two hundred")
                    .build());
        });

        assertThat(last(SOON).outcome())
                .satisfies(outcome -> assertThat(outcome.state()).isEqualTo(CommandState.FAILED))
                .satisfies(outcome -> assertThat(outcome.text())
                        .isEqualTo("the answer's status is 'two hundred' (expected: 100 to 599)"))
                .satisfies(outcome ->
                        assertThat(outcome.payload().bytes()).isEqualTo(new byte[] {(byte) 0xff, (byte) 0xc0, 0}));
        assertThat(updates).filteredOn(CommandsOverMqttTest::isLast).hasSize(1);
    }

    @Test
    void a_server_that_restarts_between_request_and_answer_costs_time_only() {
        var requests = new CopyOnWriteArrayList<Message>();
        var device = device(request -> {
            requests.add(request);
            return Optional.empty();
        });
        commands.invoke(new CommandOrder("start", Payload.EMPTY, SOON.multipliedBy(2), false), updates::add);
        await().atMost(SOON).until(() -> requests.size() == 1);

        server.restart();
        await().atMost(SOON).untilAsserted(() -> {
            device.publish(answer(requests.getFirst()).text("done").build());
            assertThat(updates).anyMatch(CommandsOverMqttTest::isLast);
        });

        assertThat(updates.getLast().outcome().state()).isEqualTo(CommandState.SUCCEEDED);
    }
}
