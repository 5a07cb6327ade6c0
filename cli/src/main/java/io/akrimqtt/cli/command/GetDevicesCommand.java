package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.DeviceView;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code akri-mqtt get devices}: what there is, and why that is believed. */
@Command(
        name = "devices",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Lists the devices of a local run: presence, the evidence for it, Instance and workload.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {ExitCode.DONE_TEXT, ExitCode.USAGE_TEXT, ExitCode.NO_RUN_TEXT})
final class GetDevicesCommand implements Callable<Integer> {

    private final CliContext context;

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private RunOption run = new RunOption();

    GetDevicesCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        var devices = run.open(context).devices();
        var out = output.open(context);
        if (out.json()) {
            devices.forEach(device -> out.event(device.event(context.clock().instant())));
        } else {
            out.table(DeviceView.table(devices));
        }
        return ExitCode.DONE;
    }
}
