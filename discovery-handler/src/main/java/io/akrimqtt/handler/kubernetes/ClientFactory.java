package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.kubernetes.KubernetesSettings.Access;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Makes clients of the API server. The environment is read by the settings alone: nothing is found by itself here. */
final class ClientFactory {

    private static final int REQUEST_MILLIS = 10_000;
    private static final int CONNECT_MILLIS = 5_000;

    private ClientFactory() {}

    /** What is wrong with an access, without a word of the file, which has secrets. */
    static Optional<String> problem(Access.Kubeconfig access) {
        try {
            var config = config(access);
            return config.getCurrentContext() == null
                    ? Optional.of("has no current context that it knows")
                    : Optional.empty();
        } catch (RuntimeException _) {
            return Optional.of("is no kubeconfig");
        }
    }

    /** The namespace that goes with an access. */
    static String namespace(Access access) {
        @Nullable
        String namespace = switch (access) {
            case Access.None _ -> "";
            case Access.Kubeconfig kubeconfig -> config(kubeconfig).getNamespace();
            case Access.InCluster(var _, var _, var account) -> read(account.resolve("namespace"));
        };
        return namespace == null || namespace.isBlank() ? "default" : namespace.strip();
    }

    /**
     * A client that retries nothing by itself, since those who use it do, and whose watches are plain HTTP, which every API server
     * and proxy speaks. HTTP/1.1: of a connection that died without a word only the calls on it suffer.
     *
     * @throws IllegalArgumentException where there is no access
     */
    static KubernetesClient create(Access access) {
        return new KubernetesClientBuilder()
                .withConfig(settled(config(access)))
                .withTaskExecutor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    /** Also for tests, which bring a configuration of their own. */
    static Config settled(Config config) {
        return new ConfigBuilder(config)
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectLimit(0)
                .withOnlyHttpWatches(true)
                .withHttp2Disable(true)
                .withRequestTimeout(REQUEST_MILLIS)
                .withConnectionTimeout(CONNECT_MILLIS)
                .withUserAgent("akri-mqtt-discovery-handler")
                .build();
    }

    private static Config config(Access access) {
        return switch (access) {
            case Access.None(var why) ->
                throw new IllegalArgumentException("kubernetes: " + why + " (expected: an access)");
            case Access.Kubeconfig(var file) -> Config.fromKubeconfig(file.toFile());
            case Access.InCluster(var host, var port, var account) ->
                new ConfigBuilder(Config.empty())
                        .withMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port)
                        .withCaCertFile(account.resolve("ca.crt").toString())
                        .withOauthTokenProvider(() -> read(account.resolve("token")))
                        .build();
        };
    }

    /** A file of the service account, which the kubelet replaces from time to time; empty where it cannot be read now. */
    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException _) {
            return "";
        }
    }
}
