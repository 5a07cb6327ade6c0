package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.serving.ListenAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import io.fabric8.kubernetes.client.http.WebSocketHandshakeException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.stream.Stream;

/** Ports that the API server forwards, as {@code kubectl port-forward} has them. */
final class ApiServerForwarding implements Forwarding {

    private static final int ANY_PORT = 0;

    private final KubernetesClient client;

    ApiServerForwarding(KubernetesClient client) {
        this.client = client;
    }

    @Override
    public Forward open(String namespace, String pod, int port) throws UnreachableException {
        try {
            // Without an address the client would listen on all of this machine's.
            var loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
            var forward = client.pods().inNamespace(namespace).withName(pod).portForward(port, loopback, ANY_PORT);
            return new Port(forward, namespace, new ListenAddress.Tcp("127.0.0.1", forward.getLocalPort()));
        } catch (IOException | IllegalStateException | KubernetesClientException e) {
            throw new UnreachableException("no port of this machine can be had for it: " + e.getMessage());
        }
    }

    private record Port(LocalPortForward forward, String namespace, ListenAddress address) implements Forward {

        @Override
        public String problem() {
            return Stream.concat(forward.getServerThrowables().stream(), forward.getClientThrowables().stream())
                    .findFirst()
                    .map(this::sentence)
                    .orElse("");
        }

        private String sentence(Throwable problem) {
            return switch (status(problem)) {
                case 401 -> "the cluster does not know you";
                case 403 ->
                    "you may not forward ports of pods in namespace " + namespace
                            + " (expected: a role with 'create' and 'get' on pods/portforward)";
                case 404 -> "the pod is gone";
                default -> "the API server forwards nothing: " + problem.getMessage();
            };
        }

        private static int status(Throwable problem) {
            for (Throwable each = problem; each != null; each = each.getCause()) {
                if (each instanceof WebSocketHandshakeException refused) {
                    return refused.getResponse().code();
                }
                if (each instanceof KubernetesClientException refused && refused.getCode() > 0) {
                    return refused.getCode();
                }
            }
            return 0;
        }

        @Override
        public void close() {
            try {
                forward.close();
            } catch (IOException _) {
                // It ends with the process at the latest.
            }
        }
    }
}
