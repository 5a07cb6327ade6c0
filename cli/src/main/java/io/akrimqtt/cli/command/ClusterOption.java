package io.akrimqtt.cli.command;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.kube.ClusterChoice;
import io.akrimqtt.cli.kube.ClusterInspector;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which cluster, spelt as kubectl spells it. */
final class ClusterOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            description = "In a cluster: where the Instances are. Default: the context's namespace.")
    private @Nullable String namespace;

    @Option(
            names = {"-A", "--all-namespaces"},
            description = "In a cluster: Instances of all namespaces.")
    private boolean everywhere;

    @Option(names = "--context", paramLabel = "CONTEXT", description = "Of the kubeconfig. Default: its current one.")
    private @Nullable String kubeContext;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Of the cluster. Default: what KUBECONFIG names, else ~/.kube/config.")
    private @Nullable Path kubeconfig;

    boolean given() {
        return namespace != null || everywhere || kubeContext != null || kubeconfig != null;
    }

    /** The cluster; to be closed. */
    ClusterInspector open(CliContext context) throws InspectException {
        if (everywhere && namespace != null) {
            throw new ParameterException(
                    spec.commandLine(), "--namespace and --all-namespaces (expected: one of them)");
        }
        return ClusterInspector.open(
                new ClusterChoice(kubeconfig, kubeContext, namespace, everywhere), context.environment());
    }
}
