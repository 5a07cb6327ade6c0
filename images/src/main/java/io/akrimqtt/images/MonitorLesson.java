package io.akrimqtt.images;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Channel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Telemetry in and out, a command and its answer, and what probes and people ask. */
final class MonitorLesson implements Lesson {

    private static final int MESSAGES = 2_000;
    private static final int COMMANDS = 50;

    private final ServerUrl server;
    private final Simulator simulator;
    private final int port = FreePort.find();

    private MonitorLesson(ServerUrl server, Simulator simulator) {
        this.server = server;
        this.simulator = simulator;
    }

    static MonitorLesson prepare(ServerUrl server) throws IOException {
        return new MonitorLesson(server, Simulator.start(server));
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "AKRI_MQTT_WORKLOAD",
                "training",
                "AKRI_MQTT_GRPC_LISTEN",
                "127.0.0.1:" + port,
                "MQTT_DEVICE_ID",
                Simulator.DEVICE,
                "MQTT_DEVICE_NAME",
                "press-1",
                "MQTT_SERVER_URLS",
                server.toString(),
                "MQTT_TOPICS",
                Simulator.DEVICE + "/#",
                "MQTT_STATUS_TOPIC",
                Simulator.DEVICE + "/status",
                "MQTT_COMMAND_TOPIC",
                Simulator.DEVICE + "/cmd/{command}",
                "MQTT_REPORTED_BY",
                "akri-mqtt");
    }

    @Override
    public void teach() throws Exception {
        try (var connection = GrpcChannels.open(new ListenAddress.Tcp("127.0.0.1", port))) {
            var channel = connection.channel();
            HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
            telemetry(channel);
            commands(channel);
            var monitoring = MonitoringGrpc.newBlockingStub(channel);
            monitoring.getDevice(GetDeviceRequest.getDefaultInstance());
            monitoring.listCommands(ListCommandsRequest.getDefaultInstance());
        }
    }

    private void telemetry(Channel channel) throws Exception {
        var request = WatchTelemetryRequest.newBuilder().setLastValues(true).build();
        var events = MonitoringGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .watchTelemetry(request);
        var session = SessionOptions.persistent("akri-mqtt-training", Duration.ofMinutes(1));
        try (var client = MqttPubSubClient.create(server, Credentials.NONE, TlsOptions.DEFAULT, session)) {
            client.connect();
            Awaitility.await().atMost(PATIENCE).until(client::connected);
            var topic = TopicName.of(Simulator.DEVICE + "/force");
            for (int i = 0; i < MESSAGES; i++) {
                client.publish(Message.to(topic).text("{\"force\":" + i + "}").build())
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (i % 10 == 0) {
                    events.next();
                }
            }
        }
    }

    /** Each until it succeeds: the device may not be there yet, and slow. */
    private static void commands(Channel channel) {
        for (int i = 0; i < COMMANDS; i++) {
            Awaitility.await("the device has done as it was told")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .until(() -> command(channel).getState(), CommandState.COMMAND_STATE_SUCCEEDED::equals);
        }
    }

    private static CommandStatus command(Channel channel) {
        var request = InvokeCommandRequest.newBuilder().setCommand("identify").build();
        var states = MonitoringGrpc.newBlockingStub(channel)
                .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .invokeCommand(request);
        var last = CommandStatus.getDefaultInstance();
        while (states.hasNext()) {
            last = states.next();
        }
        return last;
    }

    @Override
    public void close() {
        simulator.close();
    }
}
