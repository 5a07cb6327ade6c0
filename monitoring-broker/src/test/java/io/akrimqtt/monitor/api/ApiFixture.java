package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.command.CommandRoute;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.FakeRoute;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.device.MonitorSettings;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.presence.DeviceBelief;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.monitor.telemetry.TelemetryLimits;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The service on gRPC within the process, with a device that answers when the test says so. */
final class ApiFixture implements AutoCloseable {

    final FakeRoute route = new FakeRoute();
    final Telemetry telemetry = Telemetry.start(TelemetryLimits.DEFAULT, InstantSource.system(), new Random(1));
    final ManagedChannel channel;
    final MonitoringService service;
    final DeviceCommands commands;
    private final Server server;

    ApiFixture(Map<String, String> more) {
        this(more, AccessRules.OPEN);
    }

    ApiFixture(Map<String, String> more, AccessRules rules) {
        var settings = settings(more);
        List<CommandRoute> routes = settings.device().commands() == null ? List.of() : List.of(route);
        commands = DeviceCommands.start(
                routes, QueueRules.DEFAULT, new MemoryKeeper("test"), InstantSource.system(), new Random(1));
        service = new MonitoringService(
                settings.device(),
                new ServerLinks(List.of()),
                telemetry,
                commands,
                () -> DeviceBelief.NOTHING,
                rules,
                InstantSource.system());
        var name = InProcessServerBuilder.generateName();
        try {
            server = InProcessServerBuilder.forName(name)
                    .executor(Executors.newVirtualThreadPerTaskExecutor())
                    .addService(service)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        channel = InProcessChannelBuilder.forName(name).build();
    }

    private static MonitorSettings settings(Map<String, String> more) {
        var variables = new HashMap<>(Map.of(
                "MQTT_DEVICE_ID", "plant/pump-7",
                "MQTT_SERVER_URLS", "mqtt://a",
                "MQTT_TOPICS", "plant/pump-7/#",
                "HOSTNAME", "pod-1"));
        variables.putAll(more);
        return switch (MonitorSettings.read(variables)) {
            case MonitorSettings.Result.Valid(var settings) -> settings;
            case MonitorSettings.Result.Invalid invalid -> throw new AssertionError(invalid.text());
        };
    }

    /** For a minute: what never comes must fail a test and not hold it up. */
    MonitoringGrpc.MonitoringBlockingStub blocking() {
        return MonitoringGrpc.newBlockingStub(channel).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    void send(String topic, byte[] payload) {
        telemetry.accept(Message.to(TopicName.of(topic)).payload(payload).build());
    }

    @Override
    public void close() {
        channel.shutdownNow();
        server.shutdownNow();
        telemetry.close();
    }
}
