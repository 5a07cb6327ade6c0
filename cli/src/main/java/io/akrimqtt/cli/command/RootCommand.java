package io.akrimqtt.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code akri-mqtt} alone: tells what there is. */
@Command(
        name = "akri-mqtt",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "MQTT devices as Kubernetes resources, with a workload each: on this machine, without a cluster.",
        footer = {
            "",
            "Begin with: akri-mqtt local",
            "'akri-mqtt help COMMAND' tells a command's options and exit codes."
        })
final class RootCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.OK;
    }
}
