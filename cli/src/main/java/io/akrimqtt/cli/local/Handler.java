package io.akrimqtt.cli.local;

import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.process.Program;
import io.akrimqtt.cli.process.ProgramListener;
import io.akrimqtt.cli.process.RestartTiming;
import io.akrimqtt.cli.process.Supervisor;
import io.akrimqtt.serving.ListenAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The discovery handler as a process. */
final class Handler {

    private static final int HEAP_MEGABYTES = 128;

    private Handler() {}

    /** Keeps it running. */
    static Supervisor start(
            Path folder, Path sockets, ListenAddress.UnixSocket api, String node, Path logs, ProgramListener listener) {
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
