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
import java.util.TreeMap;
import java.util.TreeSet;

/** An Instance in the toy API server. */
final class Thing {

    final String device;
    final String uid;
    final Set<String> nodes = new TreeSet<>();
    final Map<String, String> usage = new TreeMap<>();
    final Map<String, Set<String>> managers = new HashMap<>();
    final Set<String> released = new TreeSet<>();
    final Set<String> finalizers = new TreeSet<>();
    boolean terminating;
    boolean labelled;
    int version = 1;

    Thing(String device, String uid) {
        this.device = device;
        this.uid = uid;
    }

    String name() {
        return "mqtt-" + InstanceHash.of(device);
    }

    String slot() {
        return name() + "-0";
    }

    void changed() {
        version++;
    }

    InstanceState state() {
        var annotations = new HashMap<String, String>();
        released.forEach(node -> annotations.put(InstanceState.RELEASED + node, ""));
        var held = new HashMap<String, Set<String>>();
        managers.forEach((manager, keys) -> held.put(manager, new HashSet<>(keys)));
        return new InstanceState(
                new ObjectRef("plant", name(), uid, "" + version),
                "mqtt",
                "uid-mqtt",
                1,
                Scene.properties(device),
                true,
                List.copyOf(nodes),
                usage,
                annotations,
                labelled ? Map.of(InstanceState.DEVICE_LABEL, "x") : Map.of(),
                new ArrayList<>(finalizers),
                terminating,
                held);
    }
}
