package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.access.CallerIdentity;
import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.access.WorkloadConnection;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.cli.process.InstanceState;
import io.akrimqtt.cli.process.RunDirectory;
import io.akrimqtt.cli.process.RunState;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A local run, seen from outside. Thread-safe. */
public final class RunInspector {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final RunDirectory directory;
    private final RunState run;

    private RunInspector(RunDirectory directory, RunState run) {
        this.directory = directory;
        this.run = run;
    }

    /** Finds the run of a directory, whose process has to live. */
    public static RunInspector open(Path path) throws InspectException {
        var directory = RunDirectory.at(path);
        var run = directory
                .run()
                .filter(state -> state.pid() > 0
                        && ProcessHandle.of(state.pid())
                                .filter(ProcessHandle::isAlive)
                                .isPresent());
        return new RunInspector(
                directory,
                run.orElseThrow(() -> new InspectException(
                        Kind.NO_RUN,
                        "no run in " + path + " (expected: a running 'akri-mqtt local', with the same --dir)")));
    }

    /** All devices, by id: those that the handler knows, and those that only an Instance tells of. */
    public List<DeviceView> devices() {
        Map<String, List<InstanceState>> instances =
                directory.instances().stream().collect(Collectors.groupingBy(InstanceState::deviceId));
        var views = new ArrayList<DeviceView>();
        var known = new HashMap<String, Device>();
        known().forEach(device -> known.put(device.getId(), device));
        known.values().forEach(device -> {
            var mine = instances.getOrDefault(device.getId(), List.of());
            mine.forEach(instance -> views.add(DeviceView.of(device, instance)));
            if (mine.isEmpty()) {
                views.add(DeviceView.of(device, null));
            }
        });
        instances.forEach((id, mine) -> {
            if (!known.containsKey(id)) {
                mine.forEach(
                        instance -> views.add(new DeviceView(id, instance.deviceName(), "", "", "", "", instance)));
            }
        });
        views.sort(Comparator.comparing(DeviceView::id));
        return views;
    }

    /** What the handler tells; nothing while it does not answer, as during its restart. */
    private List<Device> known() {
        try (var connection = GrpcChannels.open(handler())) {
            return DevicesGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .listDevices(ListDevicesRequest.getDefaultInstance())
                    .getDevicesList();
        } catch (StatusRuntimeException _) {
            return List.of();
        }
    }

    /** Where the discovery handler of its first node answers. */
    public ListenAddress handler() {
        return ListenAddress.parse(run.handlerAddress());
    }

    /** Where the discovery handlers of all its nodes answer. */
    public List<ListenAddress> handlers() {
        return run.handlers().stream().map(ListenAddress::parse).toList();
    }

    /** The device of an id, of a name that only it has, or of an Instance's name. */
    public DeviceView device(String text) throws InspectException {
        var all = devices();
        var exact = all.stream()
                .filter(view -> view.called(text) && !view.name().equals(text))
                .toList();
        var found =
                exact.isEmpty() ? all.stream().filter(view -> view.called(text)).toList() : exact;
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new InspectException(
                Kind.NO_DEVICE,
                found.isEmpty()
                        ? "no device '" + text + "' (expected: one of "
                                + all.stream().map(DeviceView::name).limit(20).collect(Collectors.joining(", ")) + ")"
                        : "more than one device '" + text + "' (expected: the Instance, one of "
                                + found.stream().map(DeviceView::distinct).collect(Collectors.joining(", ")) + ")");
    }

    /** The Instance of a device, which has to have a workload. */
    public InstanceState instance(String text) throws InspectException {
        var view = device(text);
        var instance = view.instance();
        if (instance == null || instance.grpcAddress().isEmpty()) {
            throw new InspectException(
                    Kind.NO_DEVICE,
                    "the device '" + view.name() + "' has no workload"
                            + (view.group().isEmpty()
                                    ? "; it is " + (view.presence().isEmpty() ? "unknown" : view.presence())
                                    : " of its own (expected: its group, " + view.group()
                                            + ", for commands with --member " + view.id() + ")"));
        }
        return instance;
    }

    /** The workload of a device; on loopback it asks nobody who calls. */
    public Workload workload(String text) throws InspectException {
        return new LocalWorkload(instance(text));
    }

    private record LocalWorkload(InstanceState state) implements Workload {

        @Override
        public String deviceName() {
            return state.deviceName();
        }

        @Override
        public String instance() {
            return state.instance();
        }

        @Override
        public String hint() {
            return "'akri-mqtt logs " + state.instance() + "' may tell why";
        }

        @Override
        public WorkloadConnection connect() throws UnreachableException {
            return CallerIdentity.NOBODY.open(ListenAddress.parse(state.grpcAddress()));
        }
    }
}
