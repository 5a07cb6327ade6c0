package io.akrimqtt.cli.command;

import java.util.LinkedHashMap;
import picocli.CommandLine;

/** The commands of {@code kubectl akri-mqtt}: those about devices, in a cluster. */
final class Plugin {

    private static final String NAME = "kubectl akri-mqtt";

    private Plugin() {}

    static CommandLine commandLine(CliContext context) {
        var get = new CommandLine(new GetCommand()).addSubcommand(new GetClusterDevicesCommand(context));
        get.getCommandSpec().usageMessage().description("Lists what is in a cluster.");
        var cli = new CommandLine(new RootCommand())
                .setCommandName(NAME)
                .addSubcommand("get", get)
                .addSubcommand("watch", new WatchCommand(context))
                .addSubcommand("invoke", new InvokeCommand(context))
                .addSubcommand("submit", new SubmitCommand(context))
                .addSubcommand("commands", new CommandsCommand(context))
                .addSubcommand("cancel", new CancelCommand(context))
                .addSubcommand("explain", new ExplainInClusterCommand(context))
                .addSubcommand("rebalance", new RebalanceInClusterCommand(context))
                .addSubcommand("check", new CheckCommand(context))
                .addSubcommand("help", new HelpCommand());
        cli.getCommandSpec()
                .usageMessage()
                .description(
                        "MQTT devices as Kubernetes resources, with a workload each: in a cluster, with your rights there.")
                .footer(
                        "",
                        "Begin with: " + NAME + " get devices -A",
                        "'" + NAME + " help COMMAND' tells a command's options and " + "exit codes.");
        cli.getSubcommands().values().forEach(Plugin::inCluster);
        return cli;
    }

    /** There is no local run. */
    private static void inCluster(CommandLine line) {
        var usage = line.getCommandSpec().usageMessage();
        var codes = new LinkedHashMap<>(usage.exitCodeList());
        var text = ExitCode.NO_CLUSTER_TEXT;
        codes.computeIfPresent(text.substring(0, 1), (_, _) -> text.substring(2));
        usage.exitCodeList(codes);
    }
}
