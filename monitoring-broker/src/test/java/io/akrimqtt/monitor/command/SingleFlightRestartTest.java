package io.akrimqtt.monitor.command;

import static io.akrimqtt.monitor.command.OverMqtt.SOON;
import static io.akrimqtt.monitor.command.OverMqtt.last;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.TestClient;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandState;
import java.time.Duration;
import java.util.List;

/** Where answers tell nothing, that of a command of an earlier process is not taken for the next one's. */
class SingleFlightRestartTest {

    private static CommandOrder order(String payload, Duration timeout) {
        return new CommandOrder("weigh", Payload.text(payload), timeout, false);
    }

    private static void says(OverMqtt workload, PlainDevice device, String text) {
        device.publish(Message.of(TopicName.of(workload.id + "/res"), text));
    }

    @EachServer
    void an_answer_to_an_earlier_process_is_not_the_next_command_s(ServerCase on) {
        var id = OverMqtt.newId();
        try (var device = new PlainDevice(on, id, _ -> List.of())) {
            String lost;
            try (var proxy = FaultProxy.before(on.url());
                    var dying = OverMqtt.singleFlight(on, proxy.url(), id)) {
                var updates = dying.invoke(order("one", SOON.multipliedBy(3)));
                // Told of it, the workload sends it no second time.
                await().atMost(SOON).until(() -> device.requests.size() == 1 && !updates.isEmpty());
                lost = updates.getFirst().id();
                proxy.cut();
            }
            try (var next = OverMqtt.singleFlight(on, on.url(), id)) {
                var updates = next.invoke(order("two", SOON.multipliedBy(3)));
                await().atMost(SOON).until(() -> next.commands.find(lost).join().isPresent());
                assertThat(device.requests).extracting(Message::text).containsExactly("one");

                says(next, device, "did one");
                await().atMost(SOON).until(() -> device.requests.size() == 2);
                says(next, device, "did two");

                assertThat(last(updates).payload().text()).isEqualTo("did two");
                assertThat(next.commands
                                .find(lost)
                                .join()
                                .orElseThrow()
                                .latest()
                                .outcome())
                        .satisfies(outcome -> assertThat(outcome.state()).isEqualTo(CommandState.SUCCEEDED))
                        .satisfies(
                                outcome -> assertThat(outcome.payload().text()).isEqualTo("did one"));
            }
        }
    }

    @EachServer
    void one_that_was_taken_back_in_an_earlier_process_holds_up_the_next_until_its_answer(ServerCase on) {
        var id = OverMqtt.newId();
        try (var device = new PlainDevice(on, id, _ -> List.of());
                var records = TestClient.connect(on.url(), on.protocol(), "akri-mqtt/workloads/" + id + "/queue/+")) {
            try (var first = OverMqtt.singleFlight(on, on.url(), id)) {
                var call = first.commands.invoke(order("one", SOON.multipliedBy(3)), _ -> {});
                await().atMost(SOON).until(() -> device.requests.size() == 1);
                call.cancel();
                await().atMost(SOON)
                        .until(() -> records.received().stream()
                                .anyMatch(record -> record.text().contains("CANCELLED")));
            }
            try (var next = OverMqtt.singleFlight(on, on.url(), id)) {
                await().atMost(SOON).until(() -> !next.commands.list().join().isEmpty());
                var refused = last(next.invoke(order("two", SOON)));
                assertThat(refused.status()).isEqualTo(429);
                assertThat(refused.text()).isEqualTo("the answer to an earlier command may still come");

                says(next, device, "did one");
                await().atMost(SOON).until(() -> {
                    next.invoke(order("three", SOON));
                    return device.requests.size() == 2;
                });
            }
        }
    }
}
