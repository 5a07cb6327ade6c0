package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.monitoring.v1.Command;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The program for a group of devices: telemetry of all, commands to each. */
class GroupTest {

    private static String line(ServerCase on) {
        return (on + "/line").replaceAll("[ ,]+", "-");
    }

    private static Map<String, String> properties(ServerCase on, String line) {
        var properties = new HashMap<>(Map.of(
                "MQTT_TOPICS", line + "/+/#",
                "MQTT_MEMBERS", line + "/+",
                "MQTT_MEMBER_COMMAND_TOPIC", "{device}/cmd/{command}"));
        if (!on.mqtt5()) {
            properties.put("MQTT_MEMBER_COMMAND_TOPIC", "{device}/cmd/{request}/{command}");
            properties.put("MQTT_MEMBER_RESPONSE_TOPIC", "{device}/res/{request}/{status}");
        }
        return properties;
    }

    private static AnsweringDevice device(ServerCase on, String id) {
        return on.mqtt5() ? AnsweringDevice.byResponseTopic(on, id) : AnsweringDevice.byTopicIds(on, id);
    }

    private static InvokeCommandRequest start(String member) {
        return InvokeCommandRequest.newBuilder()
                .setCommand("start")
                .setMember(member)
                .build();
    }

    private static CommandStatus invoke(MonitorProcess broker, String member) {
        var statuses = new ArrayList<CommandStatus>();
        broker.api().invokeCommand(start(member)).forEachRemaining(statuses::add);
        return statuses.getLast();
    }

    private static List<Command> commands(MonitorProcess broker) {
        return broker.api()
                .listCommands(ListCommandsRequest.getDefaultInstance())
                .getCommandsList();
    }

    @EachServer
    void telemetry_comes_from_all_its_devices_and_each_takes_commands_of_its_own(ServerCase on) {
        MonitorProcess.thinOut(on, true);
        var line = line(on);
        var own = "akri-mqtt/workloads/" + line;
        try (var press = device(on, line + "/press");
                var _ = device(on, line + "/drill");
                var broker = MonitorProcess.ready(on.url(), line, properties(on, line));
                var caller = TestClient.connect(on.url(), on.protocol(), own + "/responses/#")) {
            var events = broker.api()
                    .watchTelemetry(
                            WatchTelemetryRequest.newBuilder().setAfterCursor(1).build());
            assertThat(events.next().hasGap()).isTrue();
            press.client().publish(line + "/press/force", "7");
            press.client().publish(line + "/drill/speed", "8");
            assertThat(List.of(events.next(), events.next()))
                    .extracting(event -> event.getMessage().getTopic())
                    .containsExactlyInAnyOrder(line + "/press/force", line + "/drill/speed");

            assertThat(invoke(broker, "press").getState()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
            assertThat(invoke(broker, line + "/drill").getState()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
            assertThat(commands(broker))
                    .extracting(Command::getMember)
                    .containsExactly(line + "/press", line + "/drill");
            assertThat(invoke(broker, ""))
                    .satisfies(status -> assertThat(status.getStatus()).isEqualTo(400))
                    .satisfies(status -> assertThat(status.getText()).startsWith("member: is missing (expected: "));
            assertThat(invoke(broker, "other/line"))
                    .satisfies(status -> assertThat(status.getStatus()).isEqualTo(404))
                    .satisfies(status -> assertThat(status.getText()).startsWith("member: 'other/line' is none here"));

            caller.publish(own + "/commands/r-1/start/press", "fast");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(caller.received())
                            .extracting(message -> message.topic().value())
                            .containsExactly(own + "/responses/r-1/200"));
        }
    }

    @EachServer
    void a_device_that_sleeps_gets_its_commands_when_it_wakes_and_holds_up_no_other(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        var line = line(on) + "-2";
        try (var press = device(on, line + "/press");
                var _ = device(on, line + "/drill");
                var broker = MonitorProcess.ready(on.url(), line, properties(on, line))) {
            says(press, line, "sleeping");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(broker.api()
                                    .getDevice(GetDeviceRequest.getDefaultInstance())
                                    .getPresence()
                                    .getState())
                            .as(() -> broker.text("err"))
                            .isEqualTo("sleeping"));
            assertThat(invoke(broker, "press").getStatus()).isEqualTo(503);
            var waiting = broker.api().submitCommand(start("press"));
            assertThat(waiting.getState()).isEqualTo(CommandState.COMMAND_STATE_QUEUED);
            assertThat(waiting.getText()).isEqualTo("the device is sleeping: it said that it sleeps");
            broker.api().submitCommand(start("drill"));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(
                                    commands(broker).getLast().getStatus().getState())
                            .isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED));

            // Drill's answer is a sign of life that may come a little later.
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(invoke(broker, "*"))
                            .satisfies(status -> assertThat(status.getStatus()).isEqualTo(424))
                            .satisfies(status -> assertThat(status.getText()).isEqualTo("200: 1 of 2, 503: 1 of 2"))
                            .satisfies(status -> assertThat(status.getPayload().toStringUtf8())
                                    .contains("\"" + line + "/drill\":{")));

            says(press, line, "online");

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(commands(broker))
                            .filteredOn(command ->
                                    command.getStatus().getCommandId().equals(waiting.getCommandId()))
                            .extracting(command -> command.getStatus().getState())
                            .containsExactly(CommandState.COMMAND_STATE_SUCCEEDED));
        }
    }

    private static void says(AnsweringDevice press, String line, String word) {
        press.client()
                .publish(Message.to(TopicName.of(line + "/press/status"))
                        .text(word)
                        .retain(true)
                        .build());
    }
}
