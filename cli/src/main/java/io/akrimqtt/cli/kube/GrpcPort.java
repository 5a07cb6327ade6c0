package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.serving.ListenAddress;

/** Which port of a pod serves our gRPC: what its {@code AKRI_MQTT_GRPC_LISTEN} says. */
final class GrpcPort {

    static final int HANDLER = 6051;
    static final int WORKLOAD = 6052;

    private static final String VARIABLE = "AKRI_MQTT_GRPC_LISTEN";

    private GrpcPort() {}

    /** @param standard where the pod says nothing */
    static int of(PodView pod, int standard) throws UnreachableException {
        var text = pod.variable(VARIABLE).orElse("");
        if (text.isEmpty() || ListenAddress.problem(text).isPresent()) {
            return standard;
        }
        return switch (ListenAddress.parse(text)) {
            case ListenAddress.Tcp(var _, var port) -> port;
            case ListenAddress.UnixSocket _ ->
                throw new UnreachableException(
                        "its gRPC is at a Unix socket in the pod (expected: a port in " + VARIABLE + ")");
            case ListenAddress.Off _ ->
                throw new UnreachableException("its gRPC is off (expected: a port in " + VARIABLE + ")");
        };
    }
}
