package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kubectl akri-mqtt rebalance}: spreads devices over the nodes of a cluster, with its handlers through forwarded ports. */
@Command(
        name = "rebalance",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Moves devices from nodes that have many to nodes that have few. Each move ends before the next one begins, and starts "
                    + "the device's workload anew. Nothing of this ever happens by itself.",
            "Takes part who is ready: the discovery handlers of all nodes, whatever namespace they and the devices are in."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:Nothing was to be moved, all moves have ended well, or --dry-run showed them.",
            "1:A handler does not answer, or refuses; or a move did not end well.",
            ExitCode.USAGE_TEXT,
            ExitCode.NO_CLUSTER_TEXT
        })
final class RebalanceInClusterCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private ClusterOption where = new ClusterOption();

    @Mixin
    private MovesOption moves = new MovesOption();

    RebalanceInClusterCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        moves.check();
        try (var cluster = where.open(context)) {
            return cluster.withHandlers(handlers -> moves.make(handlers, output, context));
        } catch (InspectException e) {
            throw RunOption.failure(e);
        }
    }
}
