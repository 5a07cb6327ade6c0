package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.RunInspector;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.rebalance.RebalanceException;
import io.akrimqtt.cli.rebalance.Rebalancing;
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

    @Option(names = "--dry-run", description = "Show the moves, and make none.")
    private boolean dryRun;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "Make N moves at most. Default: all that are worth while.")
    private int most;

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
        if (spec.commandLine().getParseResult().hasMatchedOption("--most") && most < 1) {
            throw new ParameterException(spec.commandLine(), "--most: '" + most + "' (expected: 1 or more)");
        }
        try (var rebalancing = new Rebalancing(addresses())) {
            var plan = rebalancing.plan(most);
            var printer = new RebalancePrinter(plan, output.open(context), context.clock());
            printer.plan();
            if (dryRun || plan.moves().isEmpty()) {
                return ExitCode.DONE;
            }
            try (var _ = new StopSignal(rebalancing::stop)) {
                var ends = rebalancing.make(plan, printer::step);
                printer.end(ends);
                return ends.stream().allMatch(end -> end.kind().good()) ? ExitCode.DONE : ExitCode.FAILED;
            }
        } catch (RebalanceException e) {
            throw new CliFailure(ExitCode.FAILED, Printable.of(String.valueOf(e.getMessage())));
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
