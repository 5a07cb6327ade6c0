package io.akrimqtt.monitor.command;

import static io.akrimqtt.monitor.command.OverMqtt.SOON;
import static io.akrimqtt.monitor.command.OverMqtt.last;
import static io.akrimqtt.monitor.command.OverMqtt.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.HiveMqServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.testing.TestServer;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.QueueRules;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands over a real MQTT server to devices that behave badly. */
class CommandsOverMqttTest {

    private static final Duration BRIEF = Duration.ofSeconds(1);

    private static CommandOrder brief() {
        return new CommandOrder("start", Payload.text("7"), BRIEF, false);
    }

    @EachServer
    void the_command_s_id_is_the_request_s_correlation_and_what_is_left_its_expiry(ServerCase on) {
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            workload.device(request -> List.of(workload.answer(request, 200, "")));
            var updates = workload.invoke(order("1"));
            last(updates);

            var request = workload.requests().getFirst();
            if (on.mqtt5()) {
                assertThat(request.correlationData())
                        .hasValue(HexFormat.of().parseHex(updates.getFirst().id()));
                assertThat(request.responseTopic().orElseThrow().value())
                        .isEqualTo("clients/" + workload.name + "/responses");
                assertThat(request.expiry().orElseThrow()).isLessThanOrEqualTo(SOON);
            } else {
                assertThat(request.topic().value()).contains(updates.getFirst().id());
            }
        }
    }

    @EachServer
    void a_device_that_dies_after_receiving_leads_to_a_timeout(ServerCase on) {
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            var dying = workload.silent();
            var reached = workload.reaching();
            dying.close();

            assertThat(last(reached.updates()))
                    .satisfies(outcome -> assertThat(outcome.state()).isEqualTo(CommandState.TIMED_OUT))
                    .satisfies(outcome -> assertThat(outcome.text()).isEqualTo("no answer within 1000 ms"));
        }
    }

    @EachServer
    void nobody_there_is_told_at_once_where_the_server_knows(ServerCase on) {
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            var outcome = last(workload.invoke(on.mqtt5() ? order("7") : brief()));

            assertThat(outcome.status()).isEqualTo(on.mqtt5() ? 503 : 504);
            assertThat(outcome.text()).startsWith(on.mqtt5() ? "nobody listens" : "no answer within");
        }
    }

    @EachServer
    void the_second_answer_of_a_device_changes_nothing(ServerCase on) {
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            workload.device(request ->
                    List.of(workload.answer(request, 200, "first"), workload.answer(request, 500, "second")));
            var updates = workload.invoke(order("1"));
            assertThat(last(updates).payload().text()).isEqualTo("first");

            // Behind the second answer.
            last(workload.invoke(order("2")));
            assertThat(updates).filteredOn(update -> update.outcome().last()).hasSize(1);
        }
    }

    @EachServer
    void a_late_answer_is_attached(ServerCase on) {
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            var device = workload.silent();
            var reached = workload.reaching();
            var updates = reached.updates();
            assertThat(last(updates).status()).isEqualTo(504);

            device.publish(workload.answer(reached.request(), 200, "late"));

            await().atMost(SOON).untilAsserted(() -> {
                var view =
                        workload.commands.find(updates.getFirst().id()).join().orElseThrow();
                assertThat(view.latest().outcome().state()).isEqualTo(CommandState.TIMED_OUT);
                var attached = view.late();
                assertThat(attached == null ? "" : attached.outcome().payload().text())
                        .isEqualTo("late");
            });
            assertThat(workload.commands.counters().late()).isOne();
        }
    }

    @EachServer
    void garbage_foreign_and_forged_answers_harm_nothing(ServerCase on) {
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            workload.device(request -> {
                var forged = on.mqtt5()
                        ? Message.to(request.responseTopic().orElseThrow())
                        : Message.to(TopicName.of(workload.id + "/res/00000000000000000000000000000000/200"));
                return List.of(
                        forged.text("without correlation").build(),
                        forged.correlationData(on.mqtt5() ? new byte[16] : null).build(),
                        forged.correlationData(on.mqtt5() ? new byte[200] : null)
                                .build(),
                        workload.answerAs(request, "two hundred", "")
                                .payload(new byte[] {(byte) 0xff, (byte) 0xc0, 0})
                                .build(),
                        workload.answer(request, 200, "good"));
            });
            var updates = workload.invoke(order("7"));
            var outcome = last(updates);

            if (on.mqtt5()) {
                assertThat(outcome.state()).isEqualTo(CommandState.FAILED);
                assertThat(outcome.text()).isEqualTo("the answer's status is 'two hundred' (expected: 100 to 599)");
                assertThat(outcome.payload().bytes()).isEqualTo(new byte[] {(byte) 0xff, (byte) 0xc0, 0});
            }
            int next = last(workload.invoke(order("8"))).status();
            if (on.mqtt5()) {
                assertThat(next).isEqualTo(outcome.status());
            } else {
                // By topic ids the last two go to two topics, and a server may hand them on in either order.
                assertThat(List.of(outcome.status(), next)).isSubsetOf(200, 500);
            }
            assertThat(updates).filteredOn(update -> update.outcome().last()).hasSize(1);
        }
    }

    enum Restarting {
        MOSQUITTO,
        HIVEMQ_CE;

        TestServer start() {
            return switch (this) {
                case MOSQUITTO -> MosquittoServer.start();
                case HIVEMQ_CE -> HiveMqServer.start();
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Restarting.class)
    void a_server_that_restarts_between_request_and_answer_costs_time_only(Restarting which) {
        // It starts slowly; the library's own test of this has it in each run.
        boolean brief = which == Restarting.MOSQUITTO;
        Assumptions.assumeTrue(brief || Boolean.getBoolean("long"), "runs with -Plong");
        try (var server = which.start()) {
            var on = new ServerCase(which.name(), server.url(), server.url(), ProtocolVersion.MQTT_5);
            try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
                var device = workload.silent();
                var updates = workload.invoke(new CommandOrder("start", Payload.EMPTY, SOON.multipliedBy(3), false));
                await().atMost(SOON).until(() -> workload.requests().size() == 1);

                server.stop();
                server.startAgain();
                await().atMost(SOON.multipliedBy(2)).untilAsserted(() -> {
                    device.publish(workload.answer(workload.requests().getFirst(), 200, "done"));
                    assertThat(updates).anyMatch(update -> update.outcome().last());
                });

                assertThat(updates.getLast().outcome().state()).isEqualTo(CommandState.SUCCEEDED);
            }
        }
    }
}
