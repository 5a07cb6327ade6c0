package io.akrimqtt.cli.local;

import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.process.Launch;
import io.akrimqtt.cli.process.Program;
import io.akrimqtt.cli.process.ProgramListener;
import io.akrimqtt.cli.process.RestartTiming;
import io.akrimqtt.cli.process.Supervisor;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The discovery handler of a node as a process. */
final class Handler {

    private static final int HEAP_MEGABYTES = 128;
    private static final String JOURNAL = "discovery-handler.journal";

    private Handler() {}

    /**
     * Where a handler is put.
     *
     * @param name of the program, and of its log
     * @param node that it serves
     * @param sockets the directory that it shares with the node's agent
     * @param api where it serves people and tools
     * @param kubeconfig by which it reaches the local cluster; nothing else may name a cluster to it
     */
    record Place(String name, String node, Path sockets, ListenAddress.UnixSocket api, Path kubeconfig) {}

    /** Keeps it running. What an earlier run believed is forgotten, what it believes itself outlives its death. */
    static Supervisor start(Path folder, Place place, Path logs, ProgramListener listener) throws IOException {
        var journal = place.sockets().resolve(JOURNAL);
        Files.deleteIfExists(journal);
        var environment = Map.ofEntries(
                Map.entry("DISCOVERY_HANDLERS_DIRECTORY", place.sockets().toString()),
                Map.entry("AKRI_MQTT_HANDLER_NAME", CheckOptions.HANDLER_NAME),
                Map.entry("AKRI_MQTT_NODE_NAME", place.node()),
                Map.entry("AKRI_MQTT_GRPC_LISTEN", place.api().toString()),
                Map.entry("AKRI_MQTT_HTTP_LISTEN", "off"),
                Map.entry("AKRI_MQTT_JOURNAL", journal.toString()),
                Map.entry("AKRI_MQTT_KUBERNETES", "required"),
                Map.entry("AKRI_MQTT_SERVICE", HandlerService.NAME),
                Map.entry("AKRI_MQTT_NAMESPACE", HandlerService.NAMESPACE),
                Map.entry("KUBECONFIG", place.kubeconfig().toString()),
                Map.entry("AKRI_MQTT_LIFELINE", "stdin"));
        var program = new Program(
                place.name(),
                Launch.ofFolder(folder, Programs.HANDLER_MAIN),
                List.of(),
                environment,
                HEAP_MEGABYTES,
                logs.resolve(place.name() + ".log"));
        return Supervisor.start(program, RestartTiming.DEFAULT, listener);
    }
}
