package io.akrimqtt.cli.command;

import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.AddressedWorkload;
import io.akrimqtt.cli.inspect.InspectException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a device's workload is: in a local run, or at an address. */
final class WorkloadOption implements WorkloadPlace {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private RunOption run = new RunOption();

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description =
                    "The API of the device's workload, host:port or unix:/path (its AKRI_MQTT_GRPC_LISTEN), in place of "
                            + "a local run. A bearer token comes from AKRI_MQTT_TOKEN, or the file that AKRI_MQTT_TOKEN_FILE names.")
    private @Nullable String address;

    @Mixin
    private CallerOption caller = new CallerOption();

    @Override
    public Workload open(CliContext context, String device) throws InspectException {
        @Nullable String text = address;
        if (text == null) {
            if (caller.given()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--tls, --ca, --cert, --key, --server-name (expected: together with --address)");
            }
            return run.open(context).workload(device);
        }
        if (run.given()) {
            throw new ParameterException(spec.commandLine(), "--address and --dir (expected: one of them)");
        }
        return AddressedWorkload.of(device, HandlerOption.address("--address", text, spec), caller.read(context));
    }
}
