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

/** Where a device's workload is: in a local run, at an address or in a cluster. */
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
    private ClusterOption cluster = new ClusterOption();

    @Mixin
    private CallerOption caller = new CallerOption();

    @Override
    public Workload open(CliContext context, String device) throws InspectException {
        @Nullable String text = address;
        if (run.given() && text != null) {
            throw wrong("--address and --dir (expected: one of them)");
        }
        if (cluster.given()) {
            if (run.given() || text != null) {
                throw wrong((text == null ? "--dir" : "--address")
                        + " with --kubeconfig, --context, -n or -A (expected: a local run, an address or a cluster)");
            }
            var identity = caller.read(context);
            return cluster.open(context).workload(device, identity);
        }
        if (text != null) {
            return AddressedWorkload.of(device, HandlerOption.address("--address", text, spec), caller.read(context));
        }
        if (caller.given()) {
            throw wrong("--tls, --ca, --cert, --key, --server-name (expected: together with --address or a cluster)");
        }
        return run.open(context).workload(device);
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }
}
