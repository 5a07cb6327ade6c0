package io.akrimqtt.images;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.akrimqtt.messaging.client.ServerUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** Mosquitto and our images in one network, as pods of our chart run: a read-only root, no capability, a limit of memory. */
final class Containers implements AutoCloseable {

    static final int HTTP = 8080;
    static final int GRPC = 6052;
    static final long MIB = 1024 * 1024;

    private static final int MQTT = 1883;
    private static final Duration START = Duration.ofMinutes(2);

    private final Network network = Network.newNetwork();
    private final GenericContainer<?> mosquitto = new GenericContainer<>(
                    DockerImageName.parse(System.getProperty("image.mosquitto")))
            .withNetwork(network)
            .withNetworkAliases("mqtt")
            .withExposedPorts(MQTT)
            // Comes with the image.
            .withCommand("mosquitto", "-c", "/mosquitto-no-auth.conf");

    private Containers() {}

    /** Starts the MQTT server. */
    static Containers start() {
        var containers = new Containers();
        containers.mosquitto.start();
        return containers;
    }

    /** Where devices of this machine connect to. */
    ServerUrl outside() {
        return new ServerUrl(ServerUrl.Transport.TCP, mosquitto.getHost(), mosquitto.getMappedPort(MQTT), "");
    }

    /** Where other containers connect to. */
    static String inside() {
        return "tcp://mqtt:" + MQTT;
    }

    /** A monitoring broker with the environment of an Instance, not started; its HTTP and gRPC ports are reached from here. */
    GenericContainer<?> monitoringBroker(Map<String, String> instance, long memory) {
        var environment = new HashMap<>(instance);
        environment.put("AKRI_MQTT_HTTP_LISTEN", "0.0.0.0:" + HTTP);
        environment.put("AKRI_MQTT_GRPC_LISTEN", "0.0.0.0:" + GRPC);
        environment.put("AKRI_MQTT_GRPC_UNGUARDED", "yes");
        environment.put("AKRI_MQTT_WORKLOAD", "workload");
        return locked(BuiltImage.MONITORING_BROKER, environment, memory)
                .withExposedPorts(HTTP, GRPC)
                .waitingFor(Wait.forHttp("/readyz").forPort(HTTP).withStartupTimeout(START));
    }

    /** A discovery handler beside the agent whose sockets are in this folder, not started. */
    GenericContainer<?> discoveryHandler(Path sockets, long memory) {
        var environment = Map.of(
                "DISCOVERY_HANDLERS_DIRECTORY",
                sockets.toString(),
                "AKRI_MQTT_KUBERNETES",
                "off",
                "AKRI_MQTT_HTTP_LISTEN",
                "0.0.0.0:" + HTTP);
        return locked(BuiltImage.DISCOVERY_HANDLER, environment, memory)
                .withExposedPorts(HTTP)
                .withCreateContainerCmdModifier(
                        command -> hostConfig(command).withBinds(Bind.parse(sockets + ":" + sockets)))
                .waitingFor(Wait.forHttp("/readyz").forPort(HTTP).withStartupTimeout(START));
    }

    /** Any of our images, in the network. What does not fit its archive does not start. */
    private GenericContainer<?> locked(String program, Map<String, String> environment, long memory) {
        return new GenericContainer<>(DockerImageName.parse(BuiltImage.of(program)))
                .withNetwork(network)
                .withEnv(environment)
                .withEnv("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on -Xlog:gc:stderr")
                .withCreateContainerCmdModifier(command -> hostConfig(command)
                        .withReadonlyRootfs(true)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withMemory(memory)
                        .withMemorySwap(memory));
    }

    private static HostConfig hostConfig(CreateContainerCmd command) {
        return Objects.requireNonNull(command.getHostConfig());
    }

    @Override
    public void close() {
        mosquitto.stop();
        network.close();
    }
}
