package io.akrimqtt.cli.cluster.scenario;

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
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A throwaway discovery handler on a node's real sockets: it lists what it is told on every stream, at once. */
final class ListingHandler implements AutoCloseable {

    private final Path agent;
    private final Path own;
    private final GrpcListener listener;
    private final List<StreamObserver<DiscoverResponse>> streams = new ArrayList<>();
    private final List<DiscoverRequest> requests = new ArrayList<>();
    private DiscoverResponse list = DiscoverResponse.getDefaultInstance();
    private boolean holding;
    private boolean refusing;
    private boolean silent;
    private final List<String> authorities = new CopyOnWriteArrayList<>();

    private ListingHandler(Path sockets, String name) throws IOException {
        this.agent = sockets.resolve("agent-registration.sock");
        this.own = sockets.resolve(name + ".sock");
        BindableService service = () -> ServerInterceptors.intercept(new Service(), new Watcher());
        this.listener = Objects.requireNonNull(GrpcListener.start(new ListenAddress.UnixSocket(own), List.of(service)));
    }

    static ListingHandler start(Path sockets, String name, String... devices) throws IOException {
        var handler = unregistered(sockets, name, devices);
        handler.register();
        return handler;
    }

    static ListingHandler unregistered(Path sockets, String name, String... devices) throws IOException {
        var handler = new ListingHandler(sockets, name);
        handler.list(devices);
        return handler;
    }

    void register() {
        register("mqtt");
    }

    /** Registers as the handler of Configurations that ask for that name. */
    void register(String name) {
        try (var connection = GrpcChannels.open(new ListenAddress.UnixSocket(agent))) {
            var _ = RegistrationGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(60, TimeUnit.SECONDS)
                    .registerDiscoveryHandler(RegisterDiscoveryHandlerRequest.newBuilder()
                            .setName(name)
                            .setEndpoint(own.toString())
                            .setEndpointType(EndpointType.UDS)
                            .setShared(true)
                            .build());
        }
    }

    /** From now on new streams get no list until the next one is said. */
    synchronized void hold() {
        holding = true;
    }

    /** From now on new streams are refused before any header. */
    synchronized void refuse() {
        refusing = true;
    }

    /** From now on new streams get not even headers until the next list is said. */
    synchronized void withhold() {
        silent = true;
    }

    void list(String... devices) {
        list(Arrays.stream(devices).map(id -> device(id, Map.of())).toList());
    }

    synchronized void list(List<Device> devices) {
        holding = false;
        silent = false;
        list = DiscoverResponse.newBuilder().addAllDevices(devices).build();
        resend();
    }

    synchronized void resend() {
        streams.removeIf(stream -> ((ServerCallStreamObserver<DiscoverResponse>) stream).isCancelled());
        streams.forEach(stream -> stream.onNext(list));
    }

    static Device device(String id, Map<String, String> properties) {
        return Device.newBuilder()
                .setId(id)
                .putProperties("MQTT_DEVICE_ID", id)
                .putProperties("MQTT_REPORTED_BY", "akri-mqtt")
                .putAllProperties(properties)
                .build();
    }

    synchronized void endStreams() {
        var ended = List.copyOf(streams);
        streams.clear();
        ended.forEach(stream -> stream.onError(Status.UNAVAILABLE.asRuntimeException()));
    }

    synchronized void endOldestStream() {
        streams.removeFirst().onCompleted();
    }

    /** How many streams live. */
    synchronized int streams() {
        streams.removeIf(stream -> ((ServerCallStreamObserver<DiscoverResponse>) stream).isCancelled());
        return streams.size();
    }

    synchronized List<DiscoverRequest> requests() {
        return List.copyOf(requests);
    }

    /** What the agent called this handler, once for each Discover. */
    List<String> authorities() {
        return authorities;
    }

    @Override
    public void close() {
        listener.close();
    }

    private final class Service extends DiscoveryHandlerGrpc.DiscoveryHandlerImplBase {
        @Override
        public void discover(DiscoverRequest request, StreamObserver<DiscoverResponse> answer) {
            synchronized (ListingHandler.this) {
                requests.add(request);
                if (refusing) {
                    answer.onError(Status.INVALID_ARGUMENT.asRuntimeException());
                    return;
                }
                // Without a handler a cancelled stream would throw where it is used.
                ((ServerCallStreamObserver<DiscoverResponse>) answer).setOnCancelHandler(() -> {});
                streams.add(answer);
                if (silent) {
                    return;
                }
                if (holding) {
                    answer.onNext(DiscoverResponse.getDefaultInstance());
                } else {
                    answer.onNext(list);
                }
            }
        }
    }

    private final class Watcher implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
            authorities.add(String.valueOf(call.getAuthority()));
            return next.startCall(call, metadata);
        }
    }
}
