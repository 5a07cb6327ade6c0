package io.akrimqtt.handler.akri;

import io.akrimqtt.proto.akri.v0.ByteData;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverRequest;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import io.akrimqtt.proto.akri.v0.DiscoveryHandlerGrpc;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A Discover call as Akri's agent makes it: on a connection and with an authority of its own. Thread-safe. */
public final class DiscoverCall implements AutoCloseable {

    private final GrpcConnection connection;
    private final ClientCall<DiscoverRequest, DiscoverResponse> call;
    private final CopyOnWriteArrayList<DiscoverResponse> lists = new CopyOnWriteArrayList<>();
    private volatile boolean headers;
    private volatile long headersAt;
    private volatile long listAt;
    private volatile @Nullable Status closed;

    private DiscoverCall(GrpcConnection connection) {
        this.connection = connection;
        call = connection
                .channel()
                .newCall(DiscoveryHandlerGrpc.getDiscoverMethod(), CallOptions.DEFAULT.withAuthority("[::1]:50051"));
    }

    /** Makes the call and takes each list as it comes. */
    public static DiscoverCall open(Path socket, String details) {
        return open(socket, details, Map.of(), Integer.MAX_VALUE);
    }

    /** Makes the call and takes so many lists. */
    static DiscoverCall open(Path socket, String details, Map<String, ByteData> properties, int take) {
        var discover = new DiscoverCall(GrpcChannels.open(new ListenAddress.UnixSocket(socket)));
        discover.start(
                DiscoverRequest.newBuilder()
                        .setDiscoveryDetails(details)
                        .putAllDiscoveryProperties(properties)
                        .build(),
                take);
        return discover;
    }

    private void start(DiscoverRequest request, int take) {
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onHeaders(Metadata metadata) {
                        headersAt = System.nanoTime();
                        headers = true;
                    }

                    @Override
                    public void onMessage(DiscoverResponse list) {
                        listAt = lists.isEmpty() ? System.nanoTime() : listAt;
                        lists.add(list);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed = status;
                    }
                },
                new Metadata());
        call.sendMessage(request);
        call.halfClose();
        if (take > 0) {
            call.request(take);
        }
    }

    /** Makes one more call, on the same connection. */
    DiscoverCall again(String details) {
        var discover = new DiscoverCall(connection);
        discover.start(DiscoverRequest.newBuilder().setDiscoveryDetails(details).build(), Integer.MAX_VALUE);
        return discover;
    }

    void take(int more) {
        call.request(more);
    }

    public boolean headers() {
        return headers;
    }

    /** How long after the headers the first list came. */
    public Duration firstListAfter() {
        return Duration.ofNanos(listAt - headersAt);
    }

    public List<List<String>> lists() {
        return lists.stream()
                .map(list -> list.getDevicesList().stream().map(Device::getId).toList())
                .toList();
    }

    /** All the properties that a device ever had. */
    public Set<Map<String, String>> properties(String id) {
        return lists.stream()
                .flatMap(list -> list.getDevicesList().stream())
                .filter(device -> device.getId().equals(id))
                .map(Device::getPropertiesMap)
                .collect(Collectors.toSet());
    }

    /** Bytes of each list. */
    List<Integer> sizes() {
        return lists.stream().map(DiscoverResponse::getSerializedSize).toList();
    }

    public @Nullable Status closed() {
        return closed;
    }

    @Override
    public void close() {
        call.cancel("the test ends it", null);
        connection.close();
    }
}
