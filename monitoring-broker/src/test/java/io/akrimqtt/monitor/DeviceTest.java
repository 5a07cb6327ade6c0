package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program with a device, on both MQTT servers and with both versions of MQTT at the device. */
class DeviceTest {

    private static final InvokeCommandRequest START = InvokeCommandRequest.newBuilder()
            .setCommand("start")
            .setPayload(ByteString.copyFromUtf8("fast"))
            .build();

    private static Map<String, String> topicIds(String device) {
        return Map.of(
                "MQTT_COMMAND_TOPIC", device + "/cmd/{request}/{command}",
                "MQTT_RESPONSE_TOPIC", device + "/res/{request}/{status}");
    }

    private static String device(ServerCase on, String name) {
        return (on + "/" + name).replaceAll("[ ,]+", "-");
    }

    private static List<CommandStatus> invoke(MonitorProcess broker, InvokeCommandRequest request) {
        var statuses = new ArrayList<CommandStatus>();
        broker.api().invokeCommand(request).forEachRemaining(statuses::add);
        return statuses;
    }

    @EachServer
    void telemetry_goes_to_watchers_and_commands_by_topic_ids_are_answered(ServerCase on) {
        var id = device(on, "pump");
        try (var device = AnsweringDevice.byTopicIds(on, id);
                var broker = MonitorProcess.ready(on.url(), id, topicIds(id))) {
            var events = broker.api()
                    .watchTelemetry(
                            WatchTelemetryRequest.newBuilder().setAfterCursor(1).build());
            assertThat(events.next().hasGap()).isTrue();
            device.client().publish(id + "/speed", "1400");
            assertThat(events.next().getMessage().getPayload().toStringUtf8()).isEqualTo("1400");

            var statuses = invoke(broker, START);

            assertThat(statuses)
                    .extracting(CommandStatus::getState)
                    .containsExactly(CommandState.COMMAND_STATE_PUBLISHED, CommandState.COMMAND_STATE_SUCCEEDED);
            assertThat(statuses.getLast().getPayload().toStringUtf8()).isEqualTo("start: fast");
            assertThat(invoke(broker, START.toBuilder().setCommand("fly").build())
                            .getLast())
                    .satisfies(status -> assertThat(status.getStatus()).isEqualTo(404))
                    .satisfies(status -> assertThat(status.getState()).isEqualTo(CommandState.COMMAND_STATE_REJECTED));
            // The commands themselves are no telemetry; the answers are.
            assertThat(events.next().getMessage().getTopic()).startsWith(id + "/res/");
        }
    }

    @EachServer
    void commands_come_over_mqtt_too(ServerCase on) {
        var id = device(on, "relay");
        var own = "akri-mqtt/workloads/" + id;
        try (var _ = AnsweringDevice.byTopicIds(on, id);
                var _ = MonitorProcess.ready(on.url(), id, topicIds(id));
                var caller = TestClient.connect(on.url(), on.protocol(), own + "/responses/#", "my/answers")) {
            caller.publish(own + "/commands/r-1/start", "slow");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(caller.latest(own + "/responses/r-1/200"))
                            .isEqualTo("start: slow"));

            if (on.mqtt5()) {
                caller.publish(Message.to(TopicName.of(own + "/commands/fly"))
                        .text("high")
                        .responseTopic(TopicName.of("my/answers"))
                        .correlationData(new byte[] {7})
                        .build());
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(caller.received()).anySatisfy(answer -> {
                            assertThat(answer.topic().value()).isEqualTo("my/answers");
                            assertThat(answer.correlationData()).contains(new byte[] {7});
                            assertThat(answer.userProperty("__stat")).contains("404");
                        }));
            }
        }
    }

    @EachServer
    void commands_by_response_topic_are_answered_by_mqtt_5_devices_only(ServerCase on) {
        var id = device(on, "valve");
        try (var _ = AnsweringDevice.byResponseTopic(on, id);
                var broker = MonitorProcess.ready(on.url(), id, Map.of("MQTT_COMMAND_TOPIC", id + "/cmd/{command}"))) {
            var request = START.toBuilder()
                    .setTimeout(com.google.protobuf.Duration.newBuilder().setSeconds(on.mqtt5() ? 10 : 1))
                    .build();

            var last = invoke(broker, request).getLast();

            assertThat(last.getState())
                    .isEqualTo(
                            on.mqtt5() ? CommandState.COMMAND_STATE_SUCCEEDED : CommandState.COMMAND_STATE_TIMED_OUT);
            assertThat(last.getStatus()).isEqualTo(on.mqtt5() ? 200 : 504);
        }
    }
}
