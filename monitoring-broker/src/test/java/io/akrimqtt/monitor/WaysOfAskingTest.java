package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** PE 5.6: the program with devices that know nothing of MQTT 5, as their properties say. */
class WaysOfAskingTest {

    private static String device(ServerCase on, String name) {
        return (on + "/" + name).replaceAll("[ ,]+", "-");
    }

    private static InvokeCommandRequest request(String command, String payload, int seconds) {
        return InvokeCommandRequest.newBuilder()
                .setCommand(command)
                .setPayload(ByteString.copyFromUtf8(payload))
                .setTimeout(Duration.newBuilder().setSeconds(seconds))
                .build();
    }

    private static CommandStatus invoke(MonitorProcess broker, InvokeCommandRequest request) {
        var statuses = new ArrayList<CommandStatus>();
        broker.api().invokeCommand(request).forEachRemaining(statuses::add);
        return statuses.getLast();
    }

    @EachServer
    void a_device_that_only_shows_its_state_has_done_what_it_shows(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        var id = device(on, "lamp");
        var properties = Map.of(
                "MQTT_COMMAND_TOPIC",
                id + "/set",
                "MQTT_RESPONSE_TOPIC",
                id,
                "MQTT_COMMAND_WAY_0A1B2C",
                "state-echo",
                "MQTT_DEVICE_ID_0A1B2C",
                id);
        try (var _ = TestClient.answering(
                        on.url(),
                        on.protocol(),
                        id + "/set",
                        request -> Optional.of(Message.to(TopicName.of(id))
                                .text("{\"state\":\"ON\",\"brightness\":7}")
                                .retain(true)
                                .build()));
                var broker = MonitorProcess.ready(on.url(), id, properties)) {
            var done = invoke(broker, request("set", "{\"state\": \"ON\"}", 20));
            assertThat(done.getState()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
            assertThat(done.getPayload().toStringUtf8()).contains("brightness");

            var otherwise = invoke(broker, request("set", "{\"state\": \"OFF\"}", 1));
            assertThat(otherwise.getState()).isEqualTo(CommandState.COMMAND_STATE_TIMED_OUT);

            var unknown = invoke(broker, request("fly", "", 1));
            assertThat(unknown.getStatus()).isEqualTo(404);
            assertThat(unknown.getText()).isEqualTo("the device takes one command alone (expected: 'set')");
        }
    }

    @EachServer
    void a_device_that_echoes_nothing_is_asked_one_thing_at_a_time(ServerCase on) {
        MonitorProcess.thinOut(on, true);
        var id = device(on, "scale");
        var properties = Map.of(
                "MQTT_COMMAND_TOPIC", id + "/cmd/{command}",
                "MQTT_RESPONSE_TOPIC", id + "/res",
                "MQTT_COMMAND_WAY", "single-flight");
        try (var device = TestClient.answering(on.url(), on.protocol(), id + "/cmd/+", request -> {
                    var answer = Message.of(TopicName.of(id + "/res"), "did " + request.text());
                    return request.text().isEmpty() ? Optional.empty() : Optional.of(answer);
                });
                var broker = MonitorProcess.ready(on.url(), id, properties)) {
            assertThat(broker.api()
                            .getDevice(GetDeviceRequest.getDefaultInstance())
                            .getQueue()
                            .getOrder())
                    .isEqualTo("after-response");
            var answers = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> invoke(broker, request("weigh", "" + i, 20))))
                    .toList();
            assertThat(answers.stream().map(CompletableFuture::join).toList())
                    .extracting(status -> status.getPayload().toStringUtf8())
                    .containsExactlyElementsOf(
                            IntStream.range(0, 8).mapToObj(i -> "did " + i).toList());

            // Its answer comes late, and is that command's and not the next one's.
            var late = invoke(broker, request("weigh", "", 5));
            assertThat(late.getState()).isEqualTo(CommandState.COMMAND_STATE_TIMED_OUT);
            var next = invoke(broker, request("weigh", "9", 20));
            assertThat(next.getStatus()).isEqualTo(429);
            assertThat(next.getText()).isEqualTo("the answer to an earlier command may still come");
            device.publish(id + "/res", "did nothing");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(broker.api()
                                    .listCommands(ListCommandsRequest.getDefaultInstance())
                                    .getCommandsList())
                            .filteredOn(command ->
                                    command.getStatus().getCommandId().equals(late.getCommandId()))
                            .extracting(
                                    command -> command.getLate().getPayload().toStringUtf8())
                            .containsExactly("did nothing"));
            assertThat(invoke(broker, request("weigh", "10", 20)).getPayload().toStringUtf8())
                    .isEqualTo("did 10");
        }
    }

    @EachServer
    void a_device_that_reads_json_is_asked_by_envelopes(ServerCase on) {
        MonitorProcess.thinOut(on, false);
        var id = device(on, "parser");
        var properties = Map.of("MQTT_COMMAND_TOPIC", id + "/cmd/{command}", "MQTT_COMMAND_WAY", "envelope");
        try (var _ = QueuedDevice.byEnvelope(on, id);
                var broker = MonitorProcess.ready(on.url(), id, properties)) {
            var done = invoke(broker, request("do", "7", 20));
            assertThat(done.getState()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
            assertThat(done.getPayload().toStringUtf8()).isEqualTo("7");
            assertThat(invoke(broker, request("fly", "", 20)).getStatus()).isEqualTo(404);
        }
    }
}
