package io.akrimqtt.cli.agent;

import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverRequest;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import io.akrimqtt.proto.akri.v0.DiscoveryHandlerGrpc;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import io.akrimqtt.proto.akri.v0.RegistrationGrpc;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A discovery handler over a real socket that does what a test tells it to. */
final class TestHandler implements AutoCloseable {

    /** What a handler does with a Discover. */
    @FunctionalInterface
    interface Behaviour {
        void discover(DiscoverRequest request, StreamObserver<DiscoverResponse> answer);
    }

    /** Answers at once with one list, and keeps the stream. */
    static Behaviour listing(String... ids) {
        return (_, answer) -> answer.onNext(list(ids));
    }

    static DiscoverResponse list(String... ids) {
        return DiscoverResponse.newBuilder()
                .addAllDevices(Arrays.stream(ids)
                        .map(id -> Device.newBuilder()
                                .setId(id)
                                .putProperties("MQTT_DEVICE_ID", id)
                                .build())
                        .toList())
                .build();
    }

    final List<DiscoverRequest> requests = new CopyOnWriteArrayList<>();
    final List<StreamObserver<DiscoverResponse>> streams = new CopyOnWriteArrayList<>();
    final List<String> authorities = new CopyOnWriteArrayList<>();
    final List<Metadata> headers = new CopyOnWriteArrayList<>();
    volatile Behaviour behaviour;

    private final GrpcListener listener;

    private TestHandler(ListenAddress address, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        BindableService service = () -> ServerInterceptors.intercept(new Service(), new Watcher());
        this.listener = Objects.requireNonNull(GrpcListener.start(address, List.of(service)));
    }

    static TestHandler at(Path socket, Behaviour behaviour) throws IOException {
        return new TestHandler(new ListenAddress.UnixSocket(socket), behaviour);
    }

    static TestHandler onNetwork(Behaviour behaviour) throws IOException {
        return new TestHandler(new ListenAddress.Tcp("127.0.0.1", 0), behaviour);
    }

    ListenAddress address() {
        return listener.address();
    }

    /** Registers, and waits for the agent's answer as long as any test does. */
    static void register(Path agentSocket, String name, String endpoint, EndpointType type) {
        register(agentSocket, name, endpoint, type, Duration.ofSeconds(60));
    }

    /** Ends with DEADLINE_EXCEEDED where the agent does not answer in time. */
    static void register(Path agentSocket, String name, String endpoint, EndpointType type, Duration patience) {
        try (var connection = GrpcChannels.open(new ListenAddress.UnixSocket(agentSocket))) {
            var _ = RegistrationGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .registerDiscoveryHandler(RegisterDiscoveryHandlerRequest.newBuilder()
                            .setName(name)
                            .setEndpoint(endpoint)
                            .setEndpointType(type)
                            .setShared(true)
                            .build());
        }
    }

    /** A registration with an endpoint type of that number. */
    static void registerRaw(Path agentSocket, int type) {
        try (var connection = GrpcChannels.open(new ListenAddress.UnixSocket(agentSocket))) {
            var _ = RegistrationGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .registerDiscoveryHandler(RegisterDiscoveryHandlerRequest.newBuilder()
                            .setName("h")
                            .setEndpoint("/h.sock")
                            .setEndpointTypeValue(type)
                            .build());
        }
    }

    @Override
    public void close() {
        listener.close();
    }

    private final class Service extends DiscoveryHandlerGrpc.DiscoveryHandlerImplBase {
        @Override
        public void discover(DiscoverRequest request, StreamObserver<DiscoverResponse> answer) {
            streams.add(answer);
            requests.add(request);
            behaviour.discover(request, answer);
        }
    }

    private final class Watcher implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            authorities.add(String.valueOf(call.getAuthority()));
            headers.add(metadata);
            return next.startCall(call, metadata);
        }
    }
}
