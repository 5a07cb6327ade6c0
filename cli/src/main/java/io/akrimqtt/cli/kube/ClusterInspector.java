package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.access.CallerIdentity;
import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.DeviceView;
import io.akrimqtt.cli.inspect.HandlerInspector;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.cli.process.InstanceState;
import io.akrimqtt.cli.process.WorkloadState;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.serving.ListenAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A cluster, seen with its user's rights. Confined to one thread. */
public final class ClusterInspector implements AutoCloseable {

    private static final int SHOWN = 20;

    private final ClusterReader reader;
    private final Forwarding forwarding;
    private final KubernetesClient client;

    ClusterInspector(KubernetesClient client, String namespace, boolean everywhere, Forwarding forwarding) {
        this.client = client;
        this.reader = new ClusterReader(client, namespace, everywhere);
        this.forwarding = forwarding;
    }

    /** Calls nobody yet. */
    public static ClusterInspector open(ClusterChoice choice, Map<String, String> environment) throws InspectException {
        var config = choice.config(environment);
        var client = new KubernetesClientBuilder()
                .withConfig(config)
                .withTaskExecutor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
        @Nullable String named = choice.namespace() == null ? config.getNamespace() : choice.namespace();
        return new ClusterInspector(
                client,
                named == null || named.isBlank() ? "default" : named,
                choice.everywhere(),
                new ApiServerForwarding(client));
    }

    /**
     * All devices, by id: those that have an Instance, and those that only a handler knows.
     *
     * @param trouble is told why nothing is known of presence, where no handler can be asked
     */
    public List<ClusterDevice> devices(Consumer<String> trouble) throws InspectException {
        var instances = reader.instances();
        var pods = reader.workloads().stream()
                .collect(Collectors.groupingBy(pod -> pod.namespace() + "/" + pod.label(ClusterReader.INSTANCE)));
        var known = known(trouble);
        var devices = new ArrayList<ClusterDevice>();
        var placed = new HashSet<String>();
        for (var instance : instances) {
            placed.add(instance.deviceId());
            var mine = pods.getOrDefault(instance.namespace() + "/" + instance.name(), List.of());
            devices.add(device(instance, known.get(instance.deviceId()), mine));
        }
        known.values().stream()
                .filter(device -> !placed.contains(device.getId()))
                .forEach(device -> devices.add(new ClusterDevice(DeviceView.of(device, null), "", List.of(), "", "")));
        devices.sort(Comparator.comparing((ClusterDevice each) -> each.device().id())
                .thenComparing(ClusterDevice::namespace));
        return devices;
    }

    private Map<String, Device> known(Consumer<String> trouble) {
        try (var handlers = new Handlers(reader.handlers(), forwarding)) {
            return handlers.devices();
        } catch (InspectException e) {
            trouble.accept(String.valueOf(e.getMessage()));
            return Map.of();
        }
    }

    private static ClusterDevice device(AkriInstance instance, @Nullable Device known, List<PodView> pods) {
        var pod = PodView.best(pods);
        var state = new InstanceState(
                instance.name(),
                instance.configuration(),
                instance.deviceId(),
                instance.deviceName(),
                "",
                "",
                0,
                pod.map(PodView::state).orElse(WorkloadState.NONE));
        return new ClusterDevice(
                known == null
                        ? new DeviceView(instance.deviceId(), instance.deviceName(), "", "", "", "", state)
                        : DeviceView.of(known, state),
                instance.namespace(),
                instance.nodes(),
                pod.map(PodView::name).orElse(""),
                pod.map(PodView::words).orElse("none"));
    }

    /** The workload of a device: of its id, of a name that only it has, or of its Instance's name. */
    public Workload workload(String text, CallerIdentity caller) throws InspectException {
        var instance = instance(text);
        var pod = PodView.best(reader.workloads().stream()
                        .filter(each -> each.namespace().equals(instance.namespace())
                                && each.label(ClusterReader.INSTANCE).equals(instance.name()))
                        .toList())
                .orElseThrow(() -> new InspectException(
                        Kind.NO_DEVICE,
                        "the Instance " + instance.name() + " has no pod (expected: a brokerSpec in its Configuration "
                                + instance.configuration() + ", and Akri's controller running)"));
        if (pod.state() != WorkloadState.RUNNING && pod.state() != WorkloadState.UNREADY) {
            throw new InspectException(
                    Kind.NO_DEVICE,
                    "the workload of " + instance.deviceName() + " does not run: its pod " + pod.name() + " is "
                            + pod.words() + "; 'kubectl -n " + pod.namespace() + " describe pod " + pod.name()
                            + "' tells more");
        }
        return new PodWorkload(instance, pod, forwarding, caller);
    }

    private AkriInstance instance(String text) throws InspectException {
        var all = reader.instances();
        var called = all.stream().filter(each -> each.called(text)).toList();
        var exact =
                called.stream().filter(each -> !each.deviceName().equals(text)).toList();
        var found = exact.isEmpty() ? called : exact;
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new InspectException(Kind.NO_DEVICE, found.isEmpty() ? missing(text, all) : many(text, found));
    }

    private String missing(String text, List<AkriInstance> all) {
        var where = reader.everywhere() ? "in any namespace" : "in namespace " + reader.namespace();
        return "no Instance of a device '" + text + "' " + where + " (expected: "
                + (all.isEmpty()
                        ? "one at all; -n NAMESPACE or -A look elsewhere"
                        : "one of "
                                + all.stream()
                                        .map(AkriInstance::deviceName)
                                        .sorted()
                                        .limit(SHOWN)
                                        .collect(Collectors.joining(", ")))
                + ")";
    }

    private static String many(String text, List<AkriInstance> found) {
        return "more than one device '" + text + "' (expected: the Instance, one of "
                + found.stream().map(AkriInstance::name).limit(SHOWN).collect(Collectors.joining(", ")) + ")";
    }

    /**
     * A handler to ask about a device: that of the node that reports it, or any.
     *
     * @param use is given it, and the ports are there until it returns
     */
    public void withHandler(String text, HandlerUse use) throws InspectException {
        var node = reader.instances().stream()
                .filter(each -> each.called(text) && !each.nodes().isEmpty())
                .map(each -> each.nodes().getFirst())
                .findFirst()
                .orElse("");
        try (var handlers = new Handlers(reader.handlers(), forwarding);
                var inspector = handlers.of(node)) {
            use.with(inspector);
        }
    }

    /** What is done with a handler. */
    public interface HandlerUse {
        /** Asks it. */
        void with(HandlerInspector inspector) throws InspectException;
    }

    /**
     * All handlers that are ready, one for each node.
     *
     * @param use is given where they answer, and the ports are there until it returns
     */
    public int withHandlers(ToIntFunction<List<ListenAddress>> use) throws InspectException {
        try (var handlers = new Handlers(reader.handlers(), forwarding)) {
            return use.applyAsInt(handlers.addresses());
        }
    }

    /** Whether namespaces matter. */
    public boolean everywhere() {
        return reader.everywhere();
    }

    @Override
    public void close() {
        client.close();
    }
}
