package io.akrimqtt.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "devices", mixinStandardHelpOptions = true, versionProvider = Version.class)
final class GetDevicesCommand implements Callable<Integer> {
    private final CliContext context;

    GetDevicesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        context.err().println("not yet");
        return ExitCode.FAILED;
    }
}
