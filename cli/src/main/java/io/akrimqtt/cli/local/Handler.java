package io.akrimqtt.cli.local;

import io.akrimqtt.cli.configuration.CheckOptions;
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

/** The discovery handler as a process. */
final class Handler {

    private static final int HEAP_MEGABYTES = 128;
    private static final String JOURNAL = "discovery-handler.journal";

    private Handler() {}

    /** Keeps it running. What an earlier run believed is forgotten, what it believes itself outlives its death. */
    static Supervisor start(
            Path folder, Path sockets, ListenAddress.UnixSocket api, String node, Path logs, ProgramListener listener)
            throws IOException {
        Files.deleteIfExists(sockets.resolve(JOURNAL));
        var environment = Map.of(
                "DISCOVERY_HANDLERS_DIRECTORY",
                sockets.toString(),
                "AKRI_MQTT_HANDLER_NAME",
                CheckOptions.HANDLER_NAME,
                "AKRI_MQTT_NODE_NAME",
                node,
                "AKRI_MQTT_GRPC_LISTEN",
                api.toString(),
                "AKRI_MQTT_HTTP_LISTEN",
                "off",
                "AKRI_MQTT_JOURNAL",
                sockets.resolve(JOURNAL).toString(),
                "AKRI_MQTT_LIFELINE",
                "stdin");
        var program = new Program(
                "discovery-handler",
                List.of(folder.resolve("*").toString()),
                Programs.HANDLER_MAIN,
                List.of(),
                environment,
                HEAP_MEGABYTES,
                logs.resolve("discovery-handler.log"));
        return Supervisor.start(program, RestartTiming.DEFAULT, listener);
    }
}
