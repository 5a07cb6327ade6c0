package io.akrimqtt.cli.command;

import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.rebalance.RebalanceException;
import io.akrimqtt.cli.rebalance.Rebalancing;
import io.akrimqtt.serving.ListenAddress;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which moves, wherever the handlers are; and their making. */
final class MovesOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--dry-run", description = "Show the moves, and make none.")
    private boolean dryRun;

    @Option(
            names = "--most",
            paramLabel = "N",
            description = "Make N moves at most. Default: all that are worth while.")
    private int most;

    /** @throws ParameterException for a number that cannot be meant */
    void check() {
        if (spec.commandLine().getParseResult().hasMatchedOption("--most") && most < 1) {
            throw new ParameterException(spec.commandLine(), "--most: '" + most + "' (expected: 1 or more)");
        }
    }

    /** Has these handlers plan and move, and returns how it ended. */
    int make(List<ListenAddress> handlers, OutputOption output, CliContext context) {
        try (var rebalancing = new Rebalancing(handlers)) {
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
        }
    }
}
