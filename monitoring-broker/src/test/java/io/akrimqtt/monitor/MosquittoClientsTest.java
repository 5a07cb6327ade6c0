package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The program with a device that is made of Mosquitto's command-line clients alone, on MQTT 3.1.1. */
class MosquittoClientsTest {

    private static final String DEVICE = """
            mosquitto_sub -h localhost -p "$1" -V mqttv311 -i cli-device -q 1 -t 'shed/lamp/cmd/+/+' -F '%t %p' |
            while read -r topic payload; do
                rest="${topic#shed/lamp/cmd/}"
                mosquitto_pub -h localhost -p "$1" -V mqttv311 -q 1 \\
                    -t "shed/lamp/res/${rest%%/*}/200" -m "${rest##*/} is $payload"
            done
            """;

    private static Process shell(String script, MosquittoServer server) throws IOException {
        return new ProcessBuilder("sh", "-c", script, "sh", Integer.toString(server.port()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    @Test
    void answers_a_command_from_grpc_and_one_from_mosquitto_pub() throws Exception {
        var topics = Map.of(
                "MQTT_COMMAND_TOPIC", "shed/lamp/cmd/{request}/{command}",
                "MQTT_RESPONSE_TOPIC", "shed/lamp/res/{request}/{status}");
        try (var server = MosquittoServer.start();
                var broker = MonitorProcess.ready(server.url(), "shed/lamp", topics)) {
            var device = shell(DEVICE, server);
            try {
                await().atMost(SOON).until(() -> server.log().contains("Sending SUBACK to cli-device"));

                var statuses = new ArrayList<CommandStatus>();
                broker.api()
                        .invokeCommand(InvokeCommandRequest.newBuilder()
                                .setCommand("light")
                                .setPayload(ByteString.copyFromUtf8("on"))
                                .build())
                        .forEachRemaining(statuses::add);
                assertThat(statuses.getLast().getState()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
                assertThat(statuses.getLast().getPayload().toStringUtf8()).isEqualTo("light is on");

                assertThat(answerToMosquittoPub(server))
                        .containsExactly("akri-mqtt/workloads/shed/lamp/responses/r7/200 light is off");
            } finally {
                device.descendants().forEach(ProcessHandle::destroy);
                device.destroy();
            }
        }
    }

    private static List<String> answerToMosquittoPub(MosquittoServer server) throws Exception {
        var subscriber = new ProcessBuilder(
                        "mosquitto_sub",
                        "-h",
                        "localhost",
                        "-p",
                        Integer.toString(server.port()),
                        "-V",
                        "mqttv311",
                        "-i",
                        "cli-caller",
                        "-q",
                        "1",
                        "-C",
                        "1",
                        "-t",
                        "akri-mqtt/workloads/shed/lamp/responses/#",
                        "-F",
                        "%t %p")
                .redirectErrorStream(true)
                .start();
        await().atMost(SOON).until(() -> server.log().contains("Sending SUBACK to cli-caller"));
        var publisher = shell("""
                mosquitto_pub -h localhost -p "$1" -V mqttv311 -q 1 \\
                    -t akri-mqtt/workloads/shed/lamp/commands/r7/light -m off
                """, server);
        assertThat(publisher.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(subscriber.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        try (var reader = subscriber.inputReader()) {
            return reader.lines().toList();
        }
    }
}
