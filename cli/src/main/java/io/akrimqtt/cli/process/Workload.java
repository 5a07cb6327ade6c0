package io.akrimqtt.cli.process;

import io.akrimqtt.cli.agent.Instance;
import io.akrimqtt.serving.ListenAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One Instance's workload. Confined to its loop. */
final class Workload {

    final long run;
    final Instance instance;

    /** Null where there is no workload. */
    final @Nullable WorkloadTemplate template;

    private final Path socket;
    private final Path log;

    WorkloadState state = WorkloadState.WAITING;
    long pid;

    /** Counts among those that are starting. */
    boolean starting;

    @Nullable
    Supervisor supervisor;

    @Nullable
    HealthProbe probe;

    /** The Instance of the same name that was made while this one's process was ending. */
    @Nullable
    Workload successor;

    Workload(long run, Instance instance, Optional<WorkloadTemplate> template, RunDirectory directory) {
        this.run = run;
        this.instance = instance;
        this.template = template.orElse(null);
        // The hash alone is not unique: the same device may be found by two Configurations.
        this.socket = directory
                .sockets()
                .resolve(instance.hash() + "-"
                        + Integer.toHexString(instance.name().hashCode()) + ".sock");
        this.log = directory.logs().resolve(instance.name() + ".log");
        if (this.template == null) {
            state = WorkloadState.NONE;
        }
    }

    ListenAddress.UnixSocket address() {
        return new ListenAddress.UnixSocket(socket);
    }

    /** Why it cannot be started, if so. */
    Optional<String> problem() {
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        return length > ListenAddress.MAX_SOCKET_PATH
                ? Optional.of("its socket's path has " + length + " bytes (expected: <= "
                        + ListenAddress.MAX_SOCKET_PATH + "; use a shorter directory): " + socket)
                : environment().keySet().stream()
                        .filter(name -> name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0)
                        .findFirst()
                        .map(name -> "the property '" + name + "' cannot name an environment variable");
    }

    Program program(WorkloadSettings settings) {
        return new Program(
                instance.name(), settings.launch(), List.of(), environment(), Program.SMALL_HEAP_MEGABYTES, log);
    }

    /** What the Instance brings, under the pod template, under what makes it run here. */
    private Map<String, String> environment() {
        var environment = new HashMap<>(instance.environment());
        if (template != null) {
            environment.putAll(template.environment());
        }
        environment.put("AKRI_MQTT_GRPC_LISTEN", address().toString());
        environment.put("AKRI_MQTT_HTTP_LISTEN", "off");
        environment.put("AKRI_MQTT_WORKLOAD", instance.name());
        return environment;
    }

    InstanceState snapshot() {
        boolean exists = template != null;
        return new InstanceState(
                instance.name(),
                instance.configuration(),
                instance.deviceId(),
                instance.brokerProperties().getOrDefault("MQTT_DEVICE_NAME", instance.deviceId()),
                exists ? address().toString() : "",
                exists ? log.toString() : "",
                pid,
                state);
    }
}
