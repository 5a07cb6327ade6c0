package io.akrimqtt.monitor.command;

import static io.akrimqtt.monitor.command.OverMqtt.SOON;
import static io.akrimqtt.monitor.command.OverMqtt.last;
import static io.akrimqtt.monitor.command.OverMqtt.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.monitor.MonitorProcess;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.CommandView;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.command.life.Queueing;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Several workloads of one device take over one queue: each command is sent once, though the device would do it twice. */
class TwoWorkloadsTest {

    private static final List<String> WANTED =
            IntStream.range(0, 20).mapToObj(Integer::toString).toList();

    private static List<List<CommandUpdate>> queue(OverMqtt workload) {
        workload.commands.reachable(false, "the device is sleeping");
        var all = WANTED.stream()
                .map(payload -> workload.invoke(order(payload).queued(Queueing.DEFAULT)))
                .toList();
        await().atMost(SOON).until(() -> all.stream().noneMatch(List::isEmpty));
        return all;
    }

    private static Stream<CommandState> states(OverMqtt workload) {
        return workload.commands.list().join().stream()
                .map(CommandView::latest)
                .map(it -> it.outcome().state());
    }

    @EachServer
    void two_new_pods_share_what_a_dead_one_has_left(ServerCase on) {
        var id = OverMqtt.newId();
        try (var device = PlainDevice.willing(on, id)) {
            try (var dead = new OverMqtt(on, on.url(), QueueRules.DEFAULT, id, "dead")) {
                queue(dead);
            }
            try (var one = new OverMqtt(on, on.url(), QueueRules.DEFAULT, id, "one");
                    var other = new OverMqtt(on, on.url(), QueueRules.DEFAULT, id, "other")) {
                await().atMost(SOON)
                        .until(() -> Stream.concat(states(one), states(other))
                                        .filter(state -> state == CommandState.SUCCEEDED)
                                        .count()
                                >= WANTED.size());
                assertThat(device.requests).extracting(Message::text).containsExactlyInAnyOrderElementsOf(WANTED);
            }
        }
    }

    @EachServer
    void a_pod_that_lives_but_is_not_heard_sends_nothing_that_another_one_has_taken_over(ServerCase on) {
        MonitorProcess.thinOut(on, true);
        var id = OverMqtt.newId();
        try (var proxy = FaultProxy.before(on.url());
                var device = PlainDevice.willing(on, id);
                var old = new OverMqtt(on, proxy.url(), QueueRules.DEFAULT, id, "old")) {
            var asked = queue(old);

            proxy.blackHole();
            old.commands.reachable(true, "");
            try (var fresh = new OverMqtt(on, on.url(), QueueRules.DEFAULT, id, "fresh")) {
                await().atMost(SOON)
                        .untilAsserted(() ->
                                assertThat(states(fresh)).hasSize(WANTED.size()).containsOnly(CommandState.SUCCEEDED));
                proxy.heal();

                assertThat(asked)
                        .allSatisfy(updates -> assertThat(last(updates).state()).isEqualTo(CommandState.SUCCEEDED));
                assertThat(device.requests).extracting(Message::text).containsExactlyInAnyOrderElementsOf(WANTED);
            }
        }
    }
}
