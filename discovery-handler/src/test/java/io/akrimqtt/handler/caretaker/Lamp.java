package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An Instance in the making. Each change makes a new resource version. */
final class Lamp {

    final String configuration;
    final String device;
    private final Map<String, String> properties = new HashMap<>();
    private final List<String> nodes = new ArrayList<>();
    private final Map<String, String> usage = new HashMap<>();
    private final Map<String, String> annotations = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();
    private final List<String> finalizers = new ArrayList<>();
    private final Map<String, Set<String>> managers = new HashMap<>();
    private int capacity = 1;
    private boolean terminating;
    private boolean owned = true;
    private String uid;
    private int version = 1;
    private String hash;

    Lamp(String configuration, String device, String... nodes) {
        this.configuration = configuration;
        this.device = device;
        this.uid = "uid-" + configuration + "-" + device;
        this.hash = InstanceHash.of(device);
        this.nodes.addAll(List.of(nodes));
        properties.putAll(Scene.properties(device));
        labels.put(InstanceState.DEVICE_LABEL, "set");
    }

    Lamp on(String... value) {
        nodes.clear();
        nodes.addAll(List.of(value));
        return changed();
    }

    Lamp released(String node) {
        annotations.put(InstanceState.RELEASED + node, "now");
        return changed();
    }

    Lamp notReleased(String node) {
        annotations.remove(InstanceState.RELEASED + node);
        return changed();
    }

    Lamp slot(int number, String holder) {
        usage.put(name() + "-" + number, holder);
        return changed();
    }

    Lamp managed(int number, String node) {
        managers.computeIfAbsent("dp-" + node, _ -> new HashSet<>()).add(name() + "-" + number);
        return changed();
    }

    Lamp property(String key, String value) {
        properties.put(key, value);
        return changed();
    }

    Lamp without(String key) {
        properties.remove(key);
        return changed();
    }

    Lamp capacity(int value) {
        capacity = value;
        return changed();
    }

    Lamp terminating(String... finalizing) {
        terminating = true;
        finalizers.clear();
        finalizers.addAll(List.of(finalizing));
        return changed();
    }

    Lamp unlabelled() {
        labels.clear();
        return changed();
    }

    Lamp hash(String value) {
        hash = value;
        return changed();
    }

    Lamp anew() {
        uid += "+";
        terminating = false;
        annotations.clear();
        finalizers.clear();
        return changed();
    }

    /** The last agent that takes itself off takes the owner reference off with it. */
    Lamp ownerless() {
        owned = false;
        return changed();
    }

    Lamp changed() {
        version++;
        return this;
    }

    String name() {
        return configuration + "-" + hash;
    }

    ObjectRef ref() {
        return new ObjectRef("plant", name(), uid, "" + version);
    }

    InstanceState state() {
        return new InstanceState(
                ref(),
                configuration,
                owned ? "uid-" + configuration : "",
                capacity,
                properties,
                true,
                nodes,
                usage,
                annotations,
                labels,
                finalizers,
                terminating,
                managers);
    }
}
