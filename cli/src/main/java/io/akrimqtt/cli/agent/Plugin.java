package io.akrimqtt.cli.agent;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One device's plugin on one node. Its slots are those that the Instance had when it started, and what events said of them since: a
 * key that is no longer there says nothing. Confined to its core.
 */
final class Plugin {

    private static final String FREE = "";

    final String namespace;
    final String name;
    final String configuration;
    final Instance instance;
    private final String node;
    private final List<String> slots;

    Plugin(InstanceView view, Instance instance, String node) {
        this.namespace = view.namespace();
        this.name = view.name();
        this.configuration = view.configuration();
        this.instance = instance;
        this.node = node;
        this.slots = new ArrayList<>(Collections.nCopies(view.capacity(), FREE));
        update(view.deviceUsage());
    }

    /** Takes what is said of its slots. */
    void update(Map<String, String> usage) {
        usage.forEach((slot, holder) -> {
            int index = index(slot);
            if (index >= 0 && index < slots.size()) {
                slots.set(index, holder);
            }
        });
    }

    private static int index(String slot) {
        try {
            return Integer.parseInt(slot.substring(slot.lastIndexOf('-') + 1));
        } catch (NumberFormatException _) {
            return -1;
        }
    }

    /** A slot can be had while nobody holds it, or this node does. */
    List<Boolean> healthy() {
        return slots.stream().map(this::free).toList();
    }

    private boolean free(String holder) {
        return holder.equals(FREE) || holder.equals(node);
    }

    /** Believes from now on that this node has the slot, whatever the API server will say; false where another has it. */
    boolean take(int slot) {
        if (slot < 0 || slot >= slots.size() || !free(slots.get(slot))) {
            return false;
        }
        slots.set(slot, node);
        return true;
    }

    /** All slots that this node has, as it believes. */
    Map<String, String> claims() {
        var claims = new TreeMap<String, String>();
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).equals(node)) {
                claims.put(name + "-" + i, node);
            }
        }
        return claims;
    }
}
