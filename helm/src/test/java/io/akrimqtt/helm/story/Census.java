package io.akrimqtt.helm.story;

import io.akrimqtt.helm.AkriKinds;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What there is of one Configuration's devices at one moment; pods of nodes that are not Ready are not looked at.
 *
 * @param instances UID by device
 * @param nodes {@code spec.nodes} by device
 * @param running UIDs of running pods by device, with their nodes
 * @param odd what must not be there at rest: pods Pending or failed, Terminating objects, slots that nobody holds
 * @param strays pods Pending on a node that their Instance does not name: with the guard they are odd too; without it they may be what
 *     Akri's controller leaves until the Instance's next event, and take nothing from a device
 */
record Census(
        Map<String, String> instances,
        Map<String, List<String>> nodes,
        Map<String, Map<String, String>> running,
        List<String> odd,
        List<String> strays) {

    static final String INSTANCE_LABEL = "akri.sh/instance";
    private static final String NODE_LABEL = "akri.sh/target-node";

    static final Census NOTHING = new Census(Map.of(), Map.of(), Map.of(), List.of(), List.of());

    static Census of(KubernetesClient client, String namespace) {
        var instances = new TreeMap<String, String>();
        var nodes = new HashMap<String, List<String>>();
        var devices = new HashMap<String, String>();
        var slots = new HashMap<String, String>();
        var odd = new ArrayList<String>();
        var strays = new ArrayList<String>();
        for (var instance : client.genericKubernetesResources(AkriKinds.INSTANCES)
                .inNamespace(namespace)
                .list()
                .getItems()) {
            var device = device(instance);
            devices.put(instance.getMetadata().getName(), device);
            slots.put(device, " with slots " + instance.get("spec", "deviceUsage"));
            if (terminating(instance)) {
                odd.add("Instance of " + device + " terminating");
                continue;
            }
            instances.put(device, instance.getMetadata().getUid());
            nodes.put(device, strings(instance.get("spec", "nodes")));
            if (strings(instance.get("spec", "nodes")).isEmpty()) {
                odd.add("Instance of " + device + " without a node");
            }
        }
        var ready = ready(client);
        var running = new HashMap<String, Map<String, String>>();
        for (var pod : client.pods()
                .inNamespace(namespace)
                .withLabel(INSTANCE_LABEL)
                .list()
                .getItems()) {
            if (!ready.contains(node(pod))) {
                // Nobody is there who could end it.
                continue;
            }
            var instance = pod.getMetadata().getLabels().get(INSTANCE_LABEL);
            var device = devices.getOrDefault(instance, instance);
            var phase = pod.getStatus() == null
                    ? ""
                    : Objects.toString(pod.getStatus().getPhase(), "");
            boolean stray = phase.equals("Pending")
                    && !terminating(pod)
                    && nodes.containsKey(device)
                    && !nodes.getOrDefault(device, List.of()).contains(node(pod));
            if (terminating(pod) || !phase.equals("Running")) {
                (stray ? strays : odd)
                        .add("pod of " + device + (terminating(pod) ? " terminating" : " " + phase) + " on " + node(pod)
                                + slots.getOrDefault(device, ""));
            } else {
                running.computeIfAbsent(device, _ -> new TreeMap<>())
                        .put(pod.getMetadata().getUid(), node(pod));
            }
        }
        return new Census(instances, nodes, running, List.copyOf(odd), List.copyOf(strays));
    }

    private static boolean terminating(HasMetadata object) {
        return object.getMetadata().getDeletionTimestamp() != null;
    }

    private static String node(Pod pod) {
        return pod.getMetadata().getLabels().getOrDefault(NODE_LABEL, "no node");
    }

    private static Set<String> ready(KubernetesClient client) {
        return client.nodes().list().getItems().stream()
                .filter(node -> node.getStatus().getConditions().stream()
                        .anyMatch(each -> each.getType().equals("Ready")
                                && each.getStatus().equals("True")))
                .map(node -> node.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private static String device(GenericKubernetesResource instance) {
        @Nullable Object id = instance.get("spec", "brokerProperties", "MQTT_DEVICE_ID");
        return id == null ? instance.getMetadata().getName() : id.toString();
    }

    private static List<String> strings(@Nullable Object list) {
        return list instanceof List<?> items
                ? items.stream().map(String::valueOf).toList()
                : List.of();
    }

    /**
     * Why this is not rest, where exactly these devices have to have one Instance, and so many workloads on as many nodes; empty where
     * it is.
     */
    String unrest(Set<String> wanted, int workloads, boolean guard) {
        var odd = new ArrayList<>(this.odd);
        if (guard) {
            odd.addAll(strays);
        }
        var missing = new HashSet<>(wanted);
        missing.removeAll(instances.keySet());
        var surplus = new HashSet<>(instances.keySet());
        surplus.removeAll(wanted);
        var wrong = wanted.stream()
                .filter(device -> !right(device, workloads))
                .collect(Collectors.toCollection(TreeSet::new));
        return missing.isEmpty() && surplus.isEmpty() && wrong.isEmpty() && odd.isEmpty()
                ? ""
                : "missing " + few(missing) + ", surplus " + few(surplus) + ", wrong workloads " + few(wrong) + ", odd "
                        + few(odd);
    }

    private boolean right(String device, int workloads) {
        var on = nodes.getOrDefault(device, List.of());
        var pods = running.getOrDefault(device, Map.of());
        return on.size() == workloads
                && pods.size() == workloads
                && Set.copyOf(on).equals(Set.copyOf(pods.values()));
    }

    /** The devices of these nodes. */
    long on(Collection<String> some) {
        return nodes.values().stream()
                .filter(each -> each.stream().anyMatch(some::contains))
                .count();
    }

    private static String few(Collection<String> all) {
        return all.size() + " " + all.stream().sorted().limit(5).toList();
    }
}
