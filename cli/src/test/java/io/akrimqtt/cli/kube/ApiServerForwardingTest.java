package io.akrimqtt.cli.kube;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.proto.monitoring.v1.Device;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The client's port forwarding, at a server that forwards as Kubernetes' does. */
class ApiServerForwardingTest {

    /** Its answer is longer than what the client or the server take at once. */
    private static final String NAME = "press-".repeat(20_000);

    private static final class Workload extends MonitoringGrpc.MonitoringImplBase {
        @Override
        public void getDevice(GetDeviceRequest request, StreamObserver<Device> observer) {
            observer.onNext(Device.newBuilder().setName(NAME).build());
            observer.onCompleted();
        }
    }

    private static KubernetesClient client(ForwardingServer server) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(server.url())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private static String name(Forward forward) {
        try (var connection = GrpcChannels.open(forward.address())) {
            return MonitoringGrpc.newBlockingStub(connection.channel())
                    .getDevice(GetDeviceRequest.getDefaultInstance())
                    .getName();
        }
    }

    @Test
    void grpc_goes_through_and_the_port_is_on_loopback_and_goes() throws Exception {
        try (var workload = requireNonNull(
                        GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of(new Workload())));
                var server = new ForwardingServer(((ListenAddress.Tcp) workload.address()).port(), 0);
                var client = client(server)) {
            var forward = new ApiServerForwarding(client).open("default", "press-pod", 6052);

            assertThat(forward.address().toString()).startsWith("127.0.0.1:");
            assertThat(name(forward)).isEqualTo(NAME);
            assertThat(name(forward)).as("a second connection").isEqualTo(NAME);
            assertThat(forward.problem()).isEmpty();

            forward.close();
            assertThatThrownBy(() -> name(forward)).isInstanceOf(StatusRuntimeException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | the cluster does not know you",
                "403 | you may not forward ports of pods in namespace default (expected: a role with 'create' and 'get' on pods/portforward)",
                "404 | the pod is gone",
                "503 | the API server forwards nothing: "
            })
    void why_nothing_is_forwarded_is_told(int status, String problem) throws Exception {
        try (var server = new ForwardingServer(1, status);
                var client = client(server);
                var forward = new ApiServerForwarding(client).open("default", "press-pod", 6052)) {
            assertThatThrownBy(() -> name(forward)).isInstanceOf(StatusRuntimeException.class);

            await().untilAsserted(() -> assertThat(forward.problem()).startsWith(problem));
        }
    }
}
