package io.akrimqtt.cli.cluster.scenario;

import io.akrimqtt.cli.cluster.node.PodRuntime;
import io.akrimqtt.cli.cluster.node.ReferencedData;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a local cluster is made of.
 *
 * @param directory where the nodes get the folders {@code a}, {@code b} and so on for their sockets; must exist, and be short
 * @param nodes their names
 * @param guard whether the guard is in force
 * @param scale all waits of Kubernetes and Akri are multiplied by it: 1 for their own
 * @param lag how late agents, kubelets and the controller learn of changes at least
 * @param data what Configurations may refer to
 * @param runtime runs the pods
 */
public record ClusterOptions(
        Path directory,
        List<String> nodes,
        boolean guard,
        double scale,
        Duration lag,
        ReferencedData data,
        PodRuntime runtime) {

    /** Copies the names. */
    public ClusterOptions {
        nodes = List.copyOf(nodes);
    }

    /** Nodes {@code node-a}, {@code node-b} and so on, whose pods are records. */
    public static ClusterOptions of(Path directory, int nodes, boolean guard, double scale) {
        var names = "abcdefghijklmnopqrstuvwxyz"
                .chars()
                .limit(nodes)
                .mapToObj(letter -> "node-" + (char) letter)
                .toList();
        return new ClusterOptions(
                directory, names, guard, scale, Duration.ofMillis(2), ReferencedData.NONE, PodRuntime.RECORDS);
    }

    /** With pods that are run. */
    public ClusterOptions withRuntime(PodRuntime other) {
        return new ClusterOptions(directory, nodes, guard, scale, lag, data, other);
    }

    /** With Secrets and ConfigMaps. */
    public ClusterOptions withData(ReferencedData other) {
        return new ClusterOptions(directory, nodes, guard, scale, lag, other, runtime);
    }
}
