package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc.DevicesBlockingStub;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.proto.discovery.v1.ListServersRequest;
import io.akrimqtt.proto.discovery.v1.Server;
import io.akrimqtt.proto.discovery.v1.WatchDevicesRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A running discovery handler, seen through its API. Confined to one thread. */
public final class HandlerInspector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN = 20;

    private final ListenAddress address;
    private final GrpcConnection connection;

    /** Connects with the first question. */
    public HandlerInspector(ListenAddress address) {
        this.address = address;
        this.connection = GrpcChannels.open(address);
    }

    private DevicesBlockingStub stub() {
        return DevicesGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * The device of an id, of a name that only it has, or of its Instance's name; more than one where several watches know the
     * id.
     */
    public List<Device> find(String text) throws InspectException {
        try {
            var called = stub().listDevices(
                            ListDevicesRequest.newBuilder().setDevice(text).build())
                    .getDevicesList();
            var exact = called.stream()
                    .filter(device -> device.getId().equals(text))
                    .toList();
            return exact.isEmpty() && called.isEmpty() ? search(text) : one(text, exact.isEmpty() ? called : exact);
        } catch (StatusRuntimeException e) {
            throw failure(e);
        }
    }

    private static List<Device> one(String text, List<Device> found) throws InspectException {
        var ids = new HashSet<String>();
        found.forEach(device -> ids.add(device.getId()));
        if (ids.size() == 1) {
            return found;
        }
        throw new InspectException(
                Kind.NO_DEVICE,
                "more than one device '" + text + "' (expected: the id, one of "
                        + ids.stream().sorted().limit(SHOWN).collect(Collectors.joining(", ")) + ")");
    }

    /** Goes through all, as they come: there may be more than one message holds. */
    private List<Device> search(String text) throws InspectException {
        var found = new ArrayList<Device>();
        var near = new NearNames(text);
        int known = 0;
        var events = stub().watchDevices(WatchDevicesRequest.getDefaultInstance());
        while (events.hasNext()) {
            var event = events.next();
            if (event.getSnapshotComplete()) {
                break;
            }
            var device = event.getDevice();
            known++;
            if (!device.getInstanceHash().isEmpty() && text.endsWith("-" + device.getInstanceHash())) {
                found.add(device);
            }
            near.add(device.getId(), device.getName());
        }
        if (found.isEmpty()) {
            throw new InspectException(Kind.NO_DEVICE, missing(text, near.names(), known));
        }
        return one(text, found);
    }

    private static String missing(String text, List<String> near, int known) {
        var none = "no device '" + text + "' ";
        if (known == 0) {
            return none + "(the handler knows no device at all)";
        }
        return none
                + (near.isEmpty()
                        ? "among the " + known + " that the handler knows (expected: a name, an id or an Instance)"
                        : "(perhaps: " + String.join(", ", near) + ")");
    }

    /** The MQTT servers of some watches. */
    public List<Server> servers(List<Device> devices) throws InspectException {
        var watches = devices.stream().map(Device::getWatch).collect(Collectors.toSet());
        try {
            return stub().listServers(ListServersRequest.getDefaultInstance()).getServersList().stream()
                    .filter(server -> watches.contains(server.getWatch()))
                    .toList();
        } catch (StatusRuntimeException e) {
            throw failure(e);
        }
    }

    private InspectException failure(StatusRuntimeException e) {
        var status = e.getStatus();
        return new InspectException(
                Kind.FAILED,
                switch (status.getCode()) {
                    case UNAVAILABLE -> "no discovery handler answers at " + address;
                    case DEADLINE_EXCEEDED ->
                        "the discovery handler at " + address + " did not answer within " + PATIENCE.toSeconds() + " s";
                    case UNIMPLEMENTED -> "what listens at " + address + " is no discovery handler of akri-mqtt";
                    case OK,
                            CANCELLED,
                            UNKNOWN,
                            INVALID_ARGUMENT,
                            NOT_FOUND,
                            ALREADY_EXISTS,
                            PERMISSION_DENIED,
                            RESOURCE_EXHAUSTED,
                            FAILED_PRECONDITION,
                            ABORTED,
                            OUT_OF_RANGE,
                            INTERNAL,
                            DATA_LOSS,
                            UNAUTHENTICATED ->
                        "the discovery handler at " + address + " answers " + status.getCode()
                                + (status.getDescription() == null ? "" : ": " + status.getDescription());
                });
    }

    @Override
    public void close() {
        connection.close();
    }
}
