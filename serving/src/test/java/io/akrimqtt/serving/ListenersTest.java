package io.akrimqtt.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListenersTest {

    @TempDir
    Path folder;

    @Test
    void health_and_reflection_are_served_over_a_unix_socket() throws Exception {
        var address = new ListenAddress.UnixSocket(folder.resolve("s.sock"));
        try (var listener = requireNonNull(GrpcListener.start(address, List.of()));
                var connection = GrpcChannels.open(listener.address())) {
            assertThat(health(connection)).isEqualTo(ServingStatus.SERVING);

            listener.serving(false);

            assertThat(health(connection)).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(services(connection)).contains("grpc.health.v1.Health");
        }
    }

    @Test
    void a_port_that_the_system_chose_is_told() throws Exception {
        try (var listener = requireNonNull(GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of()));
                var connection = GrpcChannels.open(listener.address())) {
            assertThat(health(connection)).isEqualTo(ServingStatus.SERVING);
        }
    }

    @Test
    void a_socket_that_nobody_listens_at_is_replaced_and_one_in_use_is_not() throws Exception {
        var path = folder.resolve("s.sock");
        try (var stale = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stale.bind(UnixDomainSocketAddress.of(path));
        }
        assertThat(Files.exists(path)).isTrue();
        var address = new ListenAddress.UnixSocket(path);

        try (var listener = requireNonNull(GrpcListener.start(address, List.of()))) {
            assertThatThrownBy(() -> GrpcListener.start(listener.address(), List.of()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot serve gRPC at unix:" + path + ": another process listens there");
        }
    }

    @Test
    void http_tells_readiness_with_reasons_and_metrics() throws Exception {
        var registry = new PrometheusRegistry();
        Counter.builder()
                .name("akri_mqtt_test_total")
                .help("A test.")
                .register(registry)
                .inc();
        var reasons = new AtomicReference<List<String>>(List.of("tcp://a:1883: not connected"));
        var problems = new AtomicReference<List<String>>(List.of());
        try (var listener = requireNonNull(
                HttpListener.start(ListenAddress.parse("127.0.0.1:0"), registry, reasons::get, problems::get))) {
            assertThat(get(listener, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(listener, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(listener, "/readyz").body()).isEqualTo("tcp://a:1883: not connected\n");
            reasons.set(List.of());
            problems.set(List.of("tcp://b:1883: not connected"));
            assertThat(get(listener, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(listener, "/readyz").body()).isEqualTo("ok\ntcp://b:1883: not connected\n");
            assertThat(get(listener, "/metrics").body()).contains("akri_mqtt_test_total 1.0");
        }
    }

    @Test
    void off_listens_nowhere() throws IOException {
        assertThat(GrpcListener.start(ListenAddress.parse("off"), List.of())).isNull();
        assertThat(HttpListener.start(ListenAddress.parse("off"), new PrometheusRegistry(), List::of, List::of))
                .isNull();
    }

    private static ServingStatus health(GrpcConnection connection) {
        return HealthGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus();
    }

    private static List<String> services(GrpcConnection connection) throws Exception {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        var requests = ServerReflectionGrpc.newStub(connection.channel()).serverReflectionInfo(new StreamObserver<>() {
            @Override
            public void onNext(ServerReflectionResponse value) {
                answer.complete(value);
            }

            @Override
            public void onError(Throwable t) {
                answer.completeExceptionally(t);
            }

            @Override
            public void onCompleted() {}
        });
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        var services =
                answer.get(20, TimeUnit.SECONDS).getListServicesResponse().getServiceList();
        requests.onCompleted();
        return services.stream().map(service -> service.getName()).toList();
    }

    private static HttpResponse<String> get(HttpListener listener, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + listener.port() + path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
