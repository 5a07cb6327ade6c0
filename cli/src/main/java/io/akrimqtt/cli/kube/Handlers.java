package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.access.UnreachableException;
import io.akrimqtt.cli.inspect.HandlerInspector;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.serving.ListenAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The discovery handlers of a cluster, through forwarded ports. Confined to one thread. */
final class Handlers implements AutoCloseable {

    /** Each handler knows all devices; a second opinion is for where one cannot be asked. */
    private static final int ASKED = 5;

    private final List<PodView> pods;
    private final Forwarding forwarding;
    private final List<Forward> open = new ArrayList<>();

    Handlers(List<PodView> pods, Forwarding forwarding) {
        this.pods = List.copyOf(pods);
        this.forwarding = forwarding;
    }

    private static InspectException none() {
        return new InspectException(
                Kind.NO_RUN,
                "no discovery handler of akri-mqtt is ready (expected: pods with the label "
                        + "app.kubernetes.io/component=discovery-handler, which the chart akri-mqtt brings; "
                        + "'kubectl get pods -A -l app.kubernetes.io/component=discovery-handler' shows those that are not)");
    }

    /** The handler of a node first, if it has one. */
    private List<PodView> from(String node) {
        var sorted = new ArrayList<PodView>();
        pods.stream().filter(pod -> pod.node().equals(node)).forEach(sorted::add);
        pods.stream().filter(pod -> !pod.node().equals(node)).forEach(sorted::add);
        return sorted.subList(0, Math.min(ASKED, sorted.size()));
    }

    /**
     * One to ask: that of a node, or any. To be closed; its port goes with this.
     *
     * @throws InspectException where there is none
     */
    HandlerInspector of(String node) throws InspectException {
        var first = from(node).stream().findFirst().orElseThrow(Handlers::none);
        var forward = forward(first);
        return HandlerInspector.through(
                forward.address(), "in pod " + first.namespace() + "/" + first.name(), forward::problem);
    }

    private Forward forward(PodView pod) throws InspectException {
        try {
            var forward = forwarding.open(pod.namespace(), pod.name(), GrpcPort.of(pod, GrpcPort.HANDLER));
            open.add(forward);
            return forward;
        } catch (UnreachableException e) {
            throw new InspectException(
                    Kind.FAILED, "the discovery handler in pod " + pod.name() + " cannot be asked: " + e.getMessage());
        }
    }

    /** Where those of all nodes answer. */
    List<ListenAddress> addresses() throws InspectException {
        if (pods.isEmpty()) {
            throw none();
        }
        var addresses = new ArrayList<ListenAddress>();
        for (var pod : pods) {
            addresses.add(forward(pod).address());
        }
        return addresses;
    }

    /**
     * What the first that answers knows, by id.
     *
     * @throws InspectException where there is none, or none answers
     */
    Map<String, Device> devices() throws InspectException {
        Optional<InspectException> failure = Optional.empty();
        for (var pod : from("")) {
            var forward = forward(pod);
            try (var inspector = HandlerInspector.through(
                    forward.address(), "in pod " + pod.namespace() + "/" + pod.name(), forward::problem)) {
                var known = new LinkedHashMap<String, Device>();
                inspector.all().forEach(device -> known.put(device.getId(), device));
                return known;
            } catch (InspectException e) {
                failure = Optional.of(e);
            }
        }
        throw failure.orElseGet(Handlers::none);
    }

    @Override
    public void close() {
        open.forEach(Forward::close);
        open.clear();
    }
}
