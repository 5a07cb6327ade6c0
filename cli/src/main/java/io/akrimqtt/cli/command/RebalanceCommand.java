package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.RunInspector;
import io.akrimqtt.serving.ListenAddress;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code akri-mqtt rebalance}: spreads devices over the nodes of a cluster. */
@Command(
        name = "rebalance",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Moves devices from nodes that have many to nodes that have few, where exactly one node reports a device. Each move "
                    + "ends before the next one begins, and starts the device's workload anew. Nothing of this ever happens by itself.",
            "The handler of a node moves that node's devices alone: give the handlers of all nodes that are to give some away."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Nothing was to be moved, all moves have ended well, or --dry-run showed them.",
            "1:A handler does not answer, or has no Kubernetes; or a move did not end well.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_RUN_TEXT
        })
final class RebalanceCommand implements Callable<Integer> {

    private final CliContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private RunOption run = new RunOption();

    @Mixin
    private MovesOption moves = new MovesOption();

    @Option(
            names = "--handler",
            paramLabel = "ADDRESS",
            description = "The API of a node's discovery handler, host:port or unix:/path (its AKRI_MQTT_GRPC_LISTEN); "
                    + "repeatable. Default: those of all nodes of the local run.")
    private List<String> handlers = List.of();

    RebalanceCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        moves.check();
        try {
            return moves.make(addresses(), output, context);
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }

    private List<ListenAddress> addresses() throws InspectException {
        if (handlers.isEmpty()) {
            return RunInspector.open(run.directory(context)).handlers();
        }
        if (run.given()) {
            throw new ParameterException(spec.commandLine(), "--handler and --dir (expected: one of them)");
        }
        return handlers.stream()
                .distinct()
                .map(text -> HandlerOption.address("--handler", text, spec))
                .toList();
    }
}
