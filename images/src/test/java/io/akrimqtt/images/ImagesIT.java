package io.akrimqtt.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.ContainerConfig;
import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.scenario.ClusterOptions;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;

/** The images as containers, between Mosquitto and Akri's agent. */
class ImagesIT {

    private static final long PATIENCE_SECONDS = 60;

    @BeforeAll
    static void docker() {
        Docker.required();
    }

    @Test
    void a_device_that_the_handlers_container_finds_gets_a_container_that_hears_and_commands_it() throws Exception {
        // Sockets' paths have to be short.
        var folder = Files.createTempDirectory("images");
        BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
        var options = ClusterOptions.of(folder, 1, false, 0.1);
        var clock = MonotonicClock.start(InstantSource.system());
        try (var containers = Containers.start();
                var cluster = LocalCluster.start(options, (_, event) -> events.add(event), clock);
                var handler = containers.discoveryHandler(
                        cluster.sockets(options.nodes().getFirst()), 256 * Containers.MIB);
                var simulator = Simulator.start(containers.outside())) {
            cluster.applyConfiguration(configuration());
            handler.start();
            var instance = created(events);
            assertThat(instance.deviceId()).isEqualTo(Simulator.DEVICE);

            try (var workload = containers.monitoringBroker(instance.environment(), 128 * Containers.MIB)) {
                workload.start();
                try (var connection = connect(workload)) {
                    hears(connection);
                    commands(connection);
                }
                stop(workload, 0);
            }
            simulator.leave();
            gone(events);
            stop(handler, 143);
        }
    }

    private static void hears(GrpcConnection connection) {
        var events = MonitoringGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .watchTelemetry(WatchTelemetryRequest.newBuilder()
                        .addTopicFilters(Simulator.DEVICE + "/force")
                        .build());
        assertThat(events.next().getMessage().getPayload().toStringUtf8()).contains("force");
    }

    private static void commands(GrpcConnection connection) {
        var states = MonitoringGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .invokeCommand(
                        InvokeCommandRequest.newBuilder().setCommand("identify").build());
        var last = CommandStatus.getDefaultInstance();
        while (states.hasNext()) {
            last = states.next();
        }
        assertThat(last.getState()).as(last.getText()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
    }

    private static Instance created(BlockingQueue<AgentEvent> events) throws InterruptedException {
        return next(events, AgentEvent.InstanceCreated.class).instance();
    }

    private static void gone(BlockingQueue<AgentEvent> events) throws InterruptedException {
        next(events, AgentEvent.InstanceDeleted.class);
    }

    private static <E extends AgentEvent> E next(BlockingQueue<AgentEvent> events, Class<E> kind)
            throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (true) {
            var event = events.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            assertThat(event).as(kind.getSimpleName()).isNotNull();
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    /** Ends it as the kubelet does. */
    private static void stop(GenericContainer<?> container, long code) {
        var id = container.getContainerId();
        var client = container.getDockerClient();
        client.stopContainerCmd(id).withTimeout(30).exec();
        assertThat(client.inspectContainerCmd(id).exec().getState().getExitCodeLong())
                .isEqualTo(code);
    }

    private static GrpcConnection connect(GenericContainer<?> workload) {
        return GrpcChannels.open(new ListenAddress.Tcp(workload.getHost(), workload.getMappedPort(Containers.GRPC)));
    }

    private static ObjectNode configuration() {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Resource.CONFIGURATION.apiVersion()).put("kind", Resource.CONFIGURATION.kind());
        object.putObject("metadata").put("name", "factory").put("namespace", "default");
        var spec = object.putObject("spec").put("capacity", 1);
        spec.putObject("discoveryHandler").put("name", "mqtt").put("discoveryDetails", """
                serverUrls: [%s]
                topics: ["factory/{area}/{device}/#"]
                presence: {offlineGrace: 1s}
                commands: {topic: "{device}/cmd/{command}"}
                """.formatted(
                        Containers.inside()));
        spec.putObject("brokerProperties");
        return object;
    }

    @ParameterizedTest
    @ValueSource(strings = {BuiltImage.MONITORING_BROKER, BuiltImage.DISPATCHER})
    void runs_as_nobody_special(String program) {
        assertThat(inspected(program).getUser()).isEqualTo("65532:65532");
    }

    @Test
    void the_handler_runs_as_root_for_the_agents_socket() {
        assertThat(inspected(BuiltImage.DISCOVERY_HANDLER).getUser()).isEqualTo("0:0");
    }

    @ParameterizedTest
    @ValueSource(strings = {BuiltImage.MONITORING_BROKER, BuiltImage.DISCOVERY_HANDLER, BuiltImage.DISPATCHER})
    void tells_what_it_is_and_has_no_shell(String program) throws IOException {
        assertThat(inspected(program).getLabels())
                .containsEntry("org.opencontainers.image.licenses", "Apache-2.0")
                .containsKeys("org.opencontainers.image.title", "org.opencontainers.image.version");

        var client = DockerClientFactory.lazyClient();
        var id = client.createContainerCmd(BuiltImage.of(program)).exec().getId();
        try {
            for (var shell : List.of("/bin/sh", "/usr/bin/sh", "/bin/bash", "/busybox/sh")) {
                assertThatThrownBy(() -> client.copyArchiveFromContainerCmd(id, shell)
                                .exec()
                                .close())
                        .as(shell)
                        .isInstanceOf(NotFoundException.class);
            }
        } finally {
            client.removeContainerCmd(id).exec();
        }
    }

    private static ContainerConfig inspected(String program) {
        return Objects.requireNonNull(DockerClientFactory.lazyClient()
                .inspectImageCmd(BuiltImage.of(program))
                .exec()
                .getConfig());
    }
}
