package io.akrimqtt.serving;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
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
import java.time.Duration;
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
        var readiness = Readiness.of("mqtt-server", reasons::get).and("agent", List::of);
        readiness.register(registry);
        try (var listener = requireNonNull(
                HttpListener.start(ListenAddress.parse("127.0.0.1:0"), registry, readiness, problems::get))) {
            assertThat(get(listener, "/livez").statusCode()).isEqualTo(200);
            assertThat(get(listener, "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(listener, "/readyz").body()).isEqualTo("tcp://a:1883: not connected\n");
            assertThat(get(listener, "/readyz?verbose").statusCode()).isEqualTo(503);
            assertThat(get(listener, "/readyz?verbose").body())
                    .isEqualTo("[-]mqtt-server tcp://a:1883: not connected\n[+]agent ok\n");
            assertThat(get(listener, "/metrics").body())
                    .contains(
                            "akri_mqtt_ready{condition=\"mqtt-server\"} 0.0",
                            "akri_mqtt_ready{condition=\"agent\"} 1.0");
            reasons.set(List.of());
            problems.set(List.of("tcp://b:1883: not connected"));
            assertThat(get(listener, "/readyz").statusCode()).isEqualTo(200);
            assertThat(get(listener, "/readyz").body()).isEqualTo("ok\ntcp://b:1883: not connected\n");
            assertThat(get(listener, "/readyz?verbose").body())
                    .isEqualTo("[+]mqtt-server ok\n[+]agent ok\nok\ntcp://b:1883: not connected\n");
            assertThat(get(listener, "/metrics").body()).contains("akri_mqtt_test_total 1.0");
        }
    }

    @Test
    void metrics_come_as_openmetrics_to_whoever_asks_for_it_and_tell_of_the_process() throws Exception {
        var registry = new PrometheusRegistry();
        ProcessMetrics.register(registry, "test", "1.2.3");
        try (var listener = requireNonNull(HttpListener.start(
                ListenAddress.parse("127.0.0.1:0"), registry, Readiness.of("x", List::of), List::of))) {
            var plain = get(listener, "/metrics");
            var open = get(listener, "/metrics", "application/openmetrics-text; version=1.0.0");

            assertThat(plain.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
            assertThat(plain.body())
                    .contains("akri_mqtt_build_info{program=\"test\",version=\"1.2.3\"} 1")
                    .containsPattern("jvm_memory_used_bytes\\{area=\"heap\"} [1-9]")
                    .containsPattern("jvm_gc_collection_seconds_count\\{gc=\"[^\"]+\"} [0-9]")
                    .containsPattern("process_cpu_seconds_total [0-9]");
            assertThat(open.headers().firstValue("Content-Type").orElse("")).startsWith("application/openmetrics-text");
            assertThat(open.body())
                    .contains("# TYPE akri_mqtt_build info", "# UNIT process_resident_memory_bytes bytes")
                    .endsWith("# EOF\n");
        }
    }

    @Test
    void health_is_told_for_each_service_and_follows_readiness() throws Exception {
        var reasons = new AtomicReference<List<String>>(List.of("not yet"));
        var service = ProtoReflectionServiceV1.newInstance();
        var name = service.bindService().getServiceDescriptor().getName();
        try (var listener = requireNonNull(
                        GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of(named(service))));
                var connection = GrpcChannels.open(listener.address());
                var _ = HealthFollower.start(
                        Readiness.of("x", reasons::get), Duration.ofMillis(50), listener::serving)) {
            assertThat(health(connection)).isEqualTo(ServingStatus.NOT_SERVING);
            assertThat(health(connection, name + "2")).isEqualTo(ServingStatus.NOT_SERVING);

            reasons.set(List.of());
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> health(connection, name + "2") == ServingStatus.SERVING
                            && health(connection) == ServingStatus.SERVING);

            reasons.set(List.of("no more"));
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> health(connection, name + "2") == ServingStatus.NOT_SERVING
                            && health(connection) == ServingStatus.NOT_SERVING);
        }
    }

    /** Any service under another name. */
    private static BindableService named(BindableService service) {
        var definition = service.bindService();
        return () -> ServerServiceDefinition.builder(
                        definition.getServiceDescriptor().getName() + "2")
                .build();
    }

    @Test
    void off_listens_nowhere() throws IOException {
        assertThat(GrpcListener.start(ListenAddress.parse("off"), List.of())).isNull();
        assertThat(HttpListener.start(
                        ListenAddress.parse("off"), new PrometheusRegistry(), Readiness.of("x", List::of), List::of))
                .isNull();
    }

    private static ServingStatus health(GrpcConnection connection) {
        return health(connection, "");
    }

    private static ServingStatus health(GrpcConnection connection, String service) {
        return HealthGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .check(HealthCheckRequest.newBuilder().setService(service).build())
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
                answer.get(60, TimeUnit.SECONDS).getListServicesResponse().getServiceList();
        requests.onCompleted();
        return services.stream().map(service -> service.getName()).toList();
    }

    private static HttpResponse<String> get(HttpListener listener, String path) throws Exception {
        return get(listener, path, "*/*");
    }

    private static HttpResponse<String> get(HttpListener listener, String path, String accept) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://127.0.0.1:" + listener.port() + path);
            return client.send(
                    HttpRequest.newBuilder(uri).header("Accept", accept).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
