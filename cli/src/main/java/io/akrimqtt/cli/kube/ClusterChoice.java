package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster, as whom, and which of its namespaces; as kubectl would.
 *
 * @param kubeconfig null for what the environment says: {@code KUBECONFIG}, else {@code .kube/config} in {@code HOME}
 * @param context of the kubeconfig; null for its current one
 * @param namespace where Instances are looked for; null for the context's, else {@code default}
 * @param everywhere whether they are looked for in all namespaces
 */
public record ClusterChoice(
        @Nullable Path kubeconfig,
        @Nullable String context,
        @Nullable String namespace,
        boolean everywhere) {

    private static final int REQUEST_MILLIS = 15_000;
    private static final int CONNECT_MILLIS = 5_000;

    /** The client's settings; nothing is retried, and the file is read anew where its tokens change. */
    Config config(Map<String, String> environment) throws InspectException {
        var files = files(environment);
        var config = read(files);
        var current = config.getCurrentContext();
        if (current == null || (context != null && !context.equals(current.getName()))) {
            throw failure((context == null ? "no current context" : "no context '" + context + "'") + " in "
                    + files.stream().map(Path::toString).collect(Collectors.joining(", ")) + contexts(config));
        }
        return new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(REQUEST_MILLIS)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withUserAgent("kubectl-akri_mqtt")
                .build();
    }

    private static String contexts(Config config) {
        var known = config.getContexts();
        return known == null || known.isEmpty()
                ? ""
                : " (expected: one of "
                        + known.stream().map(each -> each.getName()).collect(Collectors.joining(", ")) + ")";
    }

    private Config read(List<Path> files) throws InspectException {
        for (var file : files) {
            if (!Files.isReadable(file)) {
                throw failure("the kubeconfig " + file
                        + " cannot be read (expected: --kubeconfig, or KUBECONFIG, with the " + "path of one)");
            }
        }
        try {
            // The client merges the files of KUBECONFIG by itself, but only those of the environment.
            return files.size() > 1
                    ? Config.autoConfigure(context)
                    : Config.fromKubeconfig(context, files.getFirst().toFile());
        } catch (RuntimeException _) {
            // Its texts may quote the file, which has secrets.
            throw failure("the kubeconfig " + files.getFirst() + " is none");
        }
    }

    private List<Path> files(Map<String, String> environment) {
        if (kubeconfig != null) {
            return List.of(kubeconfig);
        }
        var named = Arrays.stream(environment.getOrDefault("KUBECONFIG", "").split(File.pathSeparator))
                .filter(name -> !name.isBlank())
                .map(Path::of)
                .toList();
        var there = named.stream().filter(Files::exists).toList();
        if (!named.isEmpty()) {
            return there.isEmpty() ? named : there;
        }
        return List.of(Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config"));
    }

    private static InspectException failure(String message) {
        return new InspectException(Kind.NO_RUN, message);
    }
}
