package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.monitoring.v1.CancelCommandRequest;
import io.akrimqtt.proto.monitoring.v1.Command;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.Queueing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** The program with a device that sleeps, and with a process that dies. */
class CommandQueueProcessTest {

    private static String device(ServerCase on, String name) {
        return (on + "/" + name).replaceAll("[ ,]+", "-");
    }

    private static Map<String, String> environment(CommandTopics topics, String pod) {
        var variables = new HashMap<>(Map.of(
                "HOSTNAME",
                pod,
                "AKRI_MQTT_COMMAND_RESEND",
                "same-id",
                "MQTT_COMMAND_TOPIC",
                topics.request().toString()));
        var response = topics.response();
        if (response != null) {
            variables.put("MQTT_RESPONSE_TOPIC", response.toString());
        }
        return variables;
    }

    private static CommandTopics topics(ServerCase on, String id) {
        return on.mqtt5() ? QueuedDevice.byResponseTopic(id) : QueuedDevice.byTopicIds(id);
    }

    private static InvokeCommandRequest request(String payload, long ttlSeconds) {
        return InvokeCommandRequest.newBuilder()
                .setCommand("do")
                .setPayload(ByteString.copyFromUtf8(payload))
                .setTimeout(Duration.newBuilder().setSeconds(30))
                .setQueueing(Queueing.newBuilder().setTtl(Duration.newBuilder().setSeconds(ttlSeconds)))
                .build();
    }

    private static List<Command> commands(MonitorProcess broker) {
        return broker.api()
                .listCommands(ListCommandsRequest.getDefaultInstance())
                .getCommandsList();
    }

    private static void awaitPresence(MonitorProcess broker, String state) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(broker.api()
                                .getDevice(GetDeviceRequest.getDefaultInstance())
                                .getPresence()
                                .getState())
                        .isEqualTo(state));
    }

    @EachServer
    void a_sleeping_device_gets_its_queue_in_order_when_it_wakes_and_never_what_expired(ServerCase on) {
        var id = device(on, "sleeper");
        var topics = topics(on, id);
        try (var device = QueuedDevice.start(on.url(), id, topics);
                var broker = MonitorProcess.ready(on.url(), id, environment(topics, "pod-1"))) {
            device.says("sleeping");
            awaitPresence(broker, "sleeping");
            var expired = broker.api().submitCommand(request("expired", 1));
            assertThat(expired.getState()).isEqualTo(CommandState.COMMAND_STATE_QUEUED);
            assertThat(expired.getText()).isEqualTo("the device is sleeping: it said that it sleeps");
            var wanted = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
            wanted.forEach(payload -> broker.api().submitCommand(request(payload, 60)));
            var cancelled = broker.api().submitCommand(request("cancelled", 60));
            assertThat(broker.api()
                            .cancelCommand(CancelCommandRequest.newBuilder()
                                    .setCommandId(cancelled.getCommandId())
                                    .build())
                            .getState())
                    .isEqualTo(CommandState.COMMAND_STATE_CANCELLED);
            assertThat(broker.api()
                            .invokeCommand(request("now", 60).toBuilder()
                                    .clearQueueing()
                                    .build())
                            .next())
                    .satisfies(status -> assertThat(status.getStatus()).isEqualTo(503));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    commands(broker).getFirst().getStatus().getState())
                            .isEqualTo(CommandState.COMMAND_STATE_EXPIRED));

            device.says("online");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(device.arrived()).containsExactlyElementsOf(wanted));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(commands(broker))
                            .filteredOn(
                                    command -> command.getStatus().getState() == CommandState.COMMAND_STATE_SUCCEEDED)
                            .hasSize(10));
        }
    }

    @EachServer
    void a_hundred_commands_outlive_kill_9_and_end_once_in_a_process_elsewhere(ServerCase on) {
        var id = device(on, "moved");
        var topics = topics(on, id);
        var wanted = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        var ids = new ArrayList<String>();
        try (var device = QueuedDevice.start(on.url(), id, topics)) {
            device.says("sleeping");
            try (var first = MonitorProcess.ready(on.url(), id, environment(topics, "pod-1"))) {
                awaitPresence(first, "sleeping");
                var api = first.api();
                wanted.forEach(payload ->
                        ids.add(api.submitCommand(request(payload, 300)).getCommandId()));
                device.says("online");
                await().atMost(SOON).until(() -> device.done().size() > 10);
                first.kill();
            }
            try (var second = MonitorProcess.ready(on.url(), id, environment(topics, "pod-2"))) {
                await().atMost(SOON.multipliedBy(2))
                        .untilAsserted(() -> assertThat(commands(second))
                                .hasSize(100)
                                .allSatisfy(command -> assertThat(
                                                command.getStatus().getState())
                                        .isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED)));
                assertThat(commands(second))
                        .extracting(command -> command.getStatus().getCommandId())
                        .containsExactlyInAnyOrderElementsOf(ids);
            }
            assertThat(device.done()).doesNotHaveDuplicates();
            assertThat(new HashSet<>(device.done())).isEqualTo(new HashSet<>(wanted));
        }
    }

    @EachServer
    void a_caller_over_mqtt_is_answered_by_the_process_after_the_one_that_took_its_command(ServerCase on) {
        // Only MQTT 5 has a way to say how long a command may wait.
        MonitorProcess.thinOut(on, true);
        Assumptions.assumeTrue(on.mqtt5(), "MQTT 3.1.1 callers cannot queue");
        var id = device(on, "answered-later");
        var topics = topics(on, id);
        try (var device = QueuedDevice.start(on.url(), id, topics);
                var caller = TestClient.connect(on.url(), on.protocol(), id + "/caller")) {
            device.says("sleeping");
            try (var first = MonitorProcess.ready(on.url(), id, environment(topics, "pod-1"))) {
                awaitPresence(first, "sleeping");
                caller.publish(Message.to(TopicName.of("akri-mqtt/workloads/" + id + "/commands/do"))
                        .text("7")
                        .responseTopic(TopicName.of(id + "/caller"))
                        .correlationData(new byte[] {4, 2})
                        .userProperty("ttl", "PT5M")
                        .userProperty("states", "yes")
                        .userProperty("__srcId", "panel-3")
                        .build());
                await().atMost(SOON).until(() -> !caller.received().isEmpty());
                assertThat(caller.received().getFirst().userProperty("state")).contains("queued");
                assertThat(commands(first))
                        .singleElement()
                        .satisfies(command -> assertThat(command.getCaller()).isEqualTo("mqtt:panel-3"));
                first.kill();
            }
            try (var _ = MonitorProcess.ready(on.url(), id, environment(topics, "pod-2"))) {
                device.says("online");
                await().atMost(SOON.multipliedBy(2))
                        .untilAsserted(
                                () -> assertThat(caller.received().getLast().userProperty("state"))
                                        .contains("succeeded"));
                var last = caller.received().getLast();
                assertThat(last.text()).isEqualTo("7");
                assertThat(last.correlationData()).contains(new byte[] {4, 2});
                assertThat(last.userProperty("__stat")).contains("200");
            }
        }
    }
}
