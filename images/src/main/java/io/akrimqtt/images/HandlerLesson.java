package io.akrimqtt.images;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.rest.ApiServer;
import io.akrimqtt.cli.cluster.rest.Identity;
import io.akrimqtt.cli.cluster.scenario.ClusterOptions;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.proto.discovery.v1.ListServersRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A device comes and goes, in a cluster with Akri's agent and Kubernetes' API. */
final class HandlerLesson implements Lesson {

    /** Akri's and Kubernetes' waits are multiplied by it. */
    private static final double SCALE = 0.1;

    private final Path folder;
    private final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    private final LocalCluster cluster;
    private final ApiServer api;
    private final Simulator simulator;
    private final int port = FreePort.find();
    private final String node;

    private HandlerLesson(ServerUrl server) throws IOException {
        // Sockets' paths have to be short.
        folder = Files.createTempDirectory("lesson");
        var clock = MonotonicClock.start(InstantSource.system());
        var options = ClusterOptions.of(folder, 1, true, SCALE);
        node = options.nodes().getFirst();
        cluster = LocalCluster.start(options, (_, event) -> events.add(event), clock);
        api = ApiServer.start(cluster.store(), clock);
        api.writeKubeconfig(kubeconfig(), new Identity(LocalCluster.HANDLER_USER, node));
        simulator = Simulator.start(server);
        cluster.applyConfiguration(configuration(server));
    }

    static HandlerLesson prepare(ServerUrl server) throws IOException {
        return new HandlerLesson(server);
    }

    private Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    private static ObjectNode configuration(ServerUrl server) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Resource.CONFIGURATION.apiVersion()).put("kind", Resource.CONFIGURATION.kind());
        object.putObject("metadata").put("name", "factory").put("namespace", "default");
        var spec = object.putObject("spec").put("capacity", 1);
        spec.putObject("discoveryHandler").put("name", "mqtt").put("discoveryDetails", """
                        serverUrls: [%s]
                        topics: ["factory/{area}/{device}/#"]
                        presence: {offlineGrace: 1s, silenceTimeout: 30s}
                        commands: {topic: "{device}/cmd/{command}"}
                        """.formatted(server));
        spec.putObject("brokerProperties");
        return object;
    }

    @Override
    public Map<String, String> environment() {
        return Map.of(
                "DISCOVERY_HANDLERS_DIRECTORY",
                cluster.sockets(node).toString(),
                "AKRI_MQTT_NODE_NAME",
                node,
                "AKRI_MQTT_GRPC_LISTEN",
                "127.0.0.1:" + port,
                "AKRI_MQTT_KUBERNETES",
                "required",
                "AKRI_MQTT_SERVICE",
                "handlers",
                "AKRI_MQTT_NAMESPACE",
                "akri-mqtt",
                "AKRI_MQTT_PLACEMENT",
                "everyNode",
                "KUBECONFIG",
                kubeconfig().toString());
    }

    @Override
    public void teach() {
        await("the device has an Instance", AgentEvent.InstanceCreated.class);
        try (var connection = GrpcChannels.open(new ListenAddress.Tcp("127.0.0.1", port))) {
            var devices = DevicesGrpc.newBlockingStub(connection.channel());
            devices.listDevices(ListDevicesRequest.getDefaultInstance());
            devices.listServers(ListServersRequest.getDefaultInstance());
        }
        simulator.leave();
        await("the device is gone", AgentEvent.InstanceDeleted.class);
    }

    private void await(String what, Class<? extends AgentEvent> event) {
        Awaitility.await(what).atMost(PATIENCE).until(() -> events.stream().anyMatch(event::isInstance));
    }

    @Override
    public void close() {
        simulator.close();
        api.close();
        cluster.close();
    }
}
