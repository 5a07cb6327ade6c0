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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A running discovery handler, seen through its API. Confined to one thread. */
public final class HandlerInspector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SHOWN = 20;

    private final String place;
    private final GrpcConnection connection;
    private final Supplier<String> hint;

    /** Connects with the first question. */
    public HandlerInspector(ListenAddress address) {
        this(address, "at " + address, () -> "");
    }

    private HandlerInspector(ListenAddress address, String place, Supplier<String> hint) {
        this.place = place;
        this.connection = GrpcChannels.open(address);
        this.hint = hint;
    }

    /**
     * One behind an address that means nothing to people.
     *
     * @param place where it is, after "the discovery handler"
     * @param hint what may tell why it does not answer; empty for nothing
     */
    public static HandlerInspector through(ListenAddress address, String place, Supplier<String> hint) {
        return new HandlerInspector(address, place, hint);
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

    /** All devices that it knows now, and groups. */
    public List<Device> all() throws InspectException {
        try {
            var all = new ArrayList<Device>();
            eachKnown(all::add);
            return all;
        } catch (StatusRuntimeException e) {
            throw failure(e);
        }
    }

    /** As they come: there may be more than one message holds. */
    private void eachKnown(Consumer<Device> reader) {
        var events = stub().watchDevices(WatchDevicesRequest.getDefaultInstance());
        while (events.hasNext()) {
            var event = events.next();
            if (event.getSnapshotComplete()) {
                return;
            }
            reader.accept(event.getDevice());
        }
    }

    private List<Device> search(String text) throws InspectException {
        var found = new ArrayList<Device>();
        var near = new NearNames(text);
        var known = new AtomicInteger();
        eachKnown(device -> {
            known.incrementAndGet();
            if (!device.getInstanceHash().isEmpty() && text.endsWith("-" + device.getInstanceHash())) {
                found.add(device);
            }
            near.add(device.getId(), device.getName());
        });
        if (found.isEmpty()) {
            throw new InspectException(Kind.NO_DEVICE, missing(text, near.names(), known.get()));
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
                    case UNAVAILABLE -> {
                        var why = hint.get();
                        yield "no discovery handler answers " + place + (why.isEmpty() ? "" : ": " + why);
                    }
                    case DEADLINE_EXCEEDED ->
                        "the discovery handler " + place + " did not answer within " + PATIENCE.toSeconds() + " s";
                    case UNIMPLEMENTED -> "what listens " + place + " is no discovery handler of akri-mqtt";
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
                        "the discovery handler " + place + " answers " + status.getCode()
                                + (status.getDescription() == null ? "" : ": " + status.getDescription());
                });
    }

    @Override
    public void close() {
        connection.close();
    }
}
