package io.akrimqtt.monitor.command;

import static io.akrimqtt.monitor.command.OverMqtt.SOON;
import static io.akrimqtt.monitor.command.OverMqtt.last;
import static io.akrimqtt.monitor.command.OverMqtt.order;
import static io.akrimqtt.monitor.command.OverMqtt.states;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.monitor.MonitorProcess;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandPriority;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.command.life.SendingOrder;
import io.akrimqtt.monitor.command.life.TrafficClass;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** PE 5.1, 5.4 and 5.5 as a caller of the workload sees them: classes, states, codes and orders, with a real MQTT server. */
class StatesConformanceTest {

    private static Queueing ttl(Duration ttl) {
        return new Queueing(ttl, CommandPriority.NORMAL, "");
    }

    private static CommandOrder queued(String payload) {
        return order(payload).queued(ttl(Duration.ofMinutes(5)));
    }

    private static void sleeps(OverMqtt workload) {
        workload.commands.reachable(false, "the device is sleeping");
    }

    @EachServer
    void pe_5_5_every_state_is_told_once_and_in_order(ServerCase on) {
        MonitorProcess.thinOut(on, true);
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            workload.device(request -> List.of(
                    workload.answer(request, 202, ""),
                    workload.answer(request, 102, "half"),
                    workload.answer(request, 200, "done")));

            var updates = workload.invoke(queued("1"));

            assertThat(last(updates).payload().text()).isEqualTo("done");
            assertThat(states(updates))
                    .containsExactly(
                            CommandState.QUEUED,
                            CommandState.PUBLISHED,
                            CommandState.ACCEPTED,
                            CommandState.IN_PROGRESS,
                            CommandState.SUCCEEDED);
        }
    }

    @EachServer
    void pe_5_5_a_device_s_status_becomes_a_state(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        var wanted = Map.of(
                200, CommandState.SUCCEEDED,
                204, CommandState.SUCCEEDED,
                400, CommandState.REJECTED,
                404, CommandState.REJECTED,
                408, CommandState.TIMED_OUT,
                409, CommandState.REJECTED,
                415, CommandState.REJECTED,
                500, CommandState.FAILED,
                505, CommandState.FAILED);
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            workload.device(request -> List.of(workload.answer(request, Integer.parseInt(request.text()), "")));

            wanted.forEach((status, state) -> {
                var outcome = last(workload.invoke(order(status.toString())));
                assertThat(outcome.state()).as("state of %s", status).isEqualTo(state);
                assertThat(outcome.status()).isEqualTo(status);
            });
        }
    }

    @EachServer
    void pe_5_4_codes_of_the_queue(ServerCase on) {
        MonitorProcess.thinOut(on, true);
        var rules = QueueRules.DEFAULT.withMaxInFlight(1).withMaxWaiting(2);
        try (var workload = new OverMqtt(on, rules)) {
            workload.silent();
            var brief = new CommandOrder("start", Payload.EMPTY, Duration.ofSeconds(1), false);
            assertThat(last(workload.invoke(brief)).status()).isEqualTo(504);
            assertThat(last(workload.invoke(new CommandOrder("a/b", Payload.EMPTY, SOON, false)))
                            .status())
                    .isEqualTo(400);
            var large =
                    new CommandOrder("start", Payload.of(new byte[CommandRules.MAX_PAYLOAD + 1], null), SOON, false);
            assertThat(last(workload.invoke(large)).status()).isEqualTo(413);

            var underWay = workload.invoke(order("1").withIdempotencyKey("k"));
            await().atMost(SOON).until(() -> workload.got().contains("1"));
            assertThat(last(workload.invoke(order("2"))).status()).isEqualTo(429);
            assertThat(last(workload.invoke(order("2").withIdempotencyKey("k"))).status())
                    .isEqualTo(409);
            var waiting = List.of(workload.invoke(queued("3")), workload.invoke(queued("4")));
            assertThat(last(workload.invoke(queued("5"))).status()).isEqualTo(429);
            await().atMost(SOON).until(() -> !waiting.getFirst().isEmpty());
            workload.commands
                    .cancel(waiting.getFirst().getFirst().id(), "enough")
                    .join();
            assertThat(last(waiting.getFirst()).status()).isEqualTo(499);

            sleeps(workload);
            assertThat(last(workload.invoke(order("6"))).status()).isEqualTo(503);
            assertThat(workload.got()).doesNotContain("2", "3", "5", "6");
            assertThat(underWay).noneMatch(update -> update.outcome().last());
        }
    }

    @EachServer
    void pe_5_5_what_waits_goes_at_wake_up_in_order_but_for_what_expired_or_was_replaced(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            workload.device(request -> List.of(workload.answer(request, 200, "")));
            sleeps(workload);
            var expiring = workload.invoke(order("expired").queued(ttl(Duration.ofSeconds(1))));
            var key = new Queueing(Duration.ofMinutes(5), CommandPriority.NORMAL, "speed");
            var replaced = workload.invoke(order("replaced").queued(key));
            var low =
                    workload.invoke(order("low").queued(new Queueing(Duration.ofMinutes(5), CommandPriority.LOW, "")));
            var kept = workload.invoke(order("kept").queued(key));
            var high = workload.invoke(
                    order("high").queued(new Queueing(Duration.ofMinutes(5), CommandPriority.HIGH, "")));
            assertThat(last(expiring))
                    .satisfies(outcome -> assertThat(outcome.state()).isEqualTo(CommandState.EXPIRED))
                    .satisfies(outcome -> assertThat(outcome.status()).isEqualTo(410));
            assertThat(last(replaced).state()).isEqualTo(CommandState.CANCELLED);

            workload.commands.reachable(true, "");

            for (var updates : List.of(high, kept, low)) {
                assertThat(last(updates).state()).isEqualTo(CommandState.SUCCEEDED);
            }
            assertThat(workload.got()).containsExactly("high", "kept", "low");
        }
    }

    @EachServer
    void pe_5_5_a_burst_goes_at_once(ServerCase on) {
        MonitorProcess.thinOut(on, true);
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT)) {
            workload.silent();
            var all = inARow(workload);

            await().atMost(SOON).until(() -> workload.got().size() == all.size());
            assertThat(workload.commands.inFlight()).isEqualTo(all.size());
        }
    }

    @EachServer
    void pe_5_5_after_ack_waits_for_the_server_alone(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT.with(SendingOrder.AFTER_ACK))) {
            workload.silent();
            var all = inARow(workload);

            await().atMost(SOON).until(() -> workload.got().size() == all.size());
            assertThat(workload.got()).containsExactly("0", "1", "2", "3", "4");
        }
    }

    @EachServer
    void pe_5_5_after_response_waits_for_the_answer(ServerCase on) {
        MonitorProcess.thinOut(on, true);
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT.with(SendingOrder.AFTER_RESPONSE))) {
            var device = workload.silent();
            var all = inARow(workload);

            for (int i = 0; i < all.size(); i++) {
                int count = i + 1;
                await().atMost(SOON).until(() -> workload.got().size() == count);
                assertThat(workload.commands.inFlight()).isOne();
                device.publish(workload.answer(request(workload, i), 200, "" + i));
                assertThat(last(all.get(i)).payload().text()).isEqualTo("" + i);
            }
            assertThat(workload.got()).containsExactly("0", "1", "2", "3", "4");
        }
    }

    private static List<List<CommandUpdate>> inARow(OverMqtt workload) {
        return IntStream.range(0, 5)
                .mapToObj(i -> workload.invoke(queued("" + i)))
                .toList();
    }

    private static Message request(OverMqtt workload, int number) {
        return workload.requests().stream()
                .filter(request -> request.text().equals("" + number))
                .findFirst()
                .orElseThrow();
    }

    @EachServer
    void pe_5_1_each_class_has_a_window_of_its_own(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        try (var workload = new OverMqtt(on, QueueRules.DEFAULT.withMaxInFlight(1))) {
            workload.silent();
            workload.invoke(order("bulk").in(TrafficClass.BULK));
            var second = workload.invoke(queued("second").in(TrafficClass.BULK));
            assertThat(last(workload.invoke(order("third").in(TrafficClass.BULK)))
                            .status())
                    .isEqualTo(429);

            workload.invoke(queued("control").in(TrafficClass.CONTROL));
            workload.invoke(order("normal"));

            await().atMost(SOON).until(() -> workload.got().containsAll(List.of("bulk", "control", "normal")));
            assertThat(workload.got()).hasSize(3);
            await().atMost(SOON).until(() -> !second.isEmpty());
            assertThat(states(second)).containsOnly(CommandState.QUEUED);
            if (on.mqtt5()) {
                assertThat(workload.requests())
                        .extracting(request -> request.text() + " "
                                + request.userProperty("cls").orElse("-"))
                        .contains("bulk bulk", "control control", "normal -");
            }
        }
    }
}
