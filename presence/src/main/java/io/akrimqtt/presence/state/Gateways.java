package io.akrimqtt.presence.state;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is reached through whom. Confined to its table, whose devices it looks up. */
final class Gateways {

    /** Gateways of gateways: deeper ones, and circles, are not taken. */
    static final int MAX_DEPTH = 8;

    private final Map<String, Device> devices;

    Gateways(Map<String, Device> devices) {
        this.devices = devices;
    }

    /** Takes a relation in place of the one of before; null for none. One that would make a circle, or a chain too long, is none. */
    void put(View child, Memory.@Nullable Gateway gateway) {
        remove(child);
        if (gateway == null || tooDeep(child, gateway.device())) {
            return;
        }
        child.gateway = gateway;
        child.waiting = gateway.waiting();
        child.link
                .children
                .computeIfAbsent(gateway.device(), _ -> new LinkedHashSet<>())
                .add(child);
    }

    private boolean tooDeep(View child, String gateway) {
        String above = gateway;
        for (int depth = 0; depth < MAX_DEPTH; depth++) {
            if (above.equals(child.device.id)) {
                return true;
            }
            @Nullable View view = view(child.link, above);
            if (view == null || view.gateway == null) {
                return false;
            }
            above = view.gateway.device();
        }
        return true;
    }

    private @Nullable View view(Link link, String id) {
        @Nullable Device device = devices.get(id);
        return device == null ? null : device.on(link);
    }

    /** Ends a relation. */
    void remove(View child) {
        var gateway = child.gateway;
        child.gateway = null;
        child.waiting = false;
        @Nullable Set<View> siblings = gateway == null ? null : child.link.children.get(gateway.device());
        if (gateway != null && siblings != null && siblings.remove(child) && siblings.isEmpty()) {
            child.link.children.remove(gateway.device());
        }
    }

    /** Those behind a device, on its server. */
    List<View> children(View gateway) {
        @Nullable Set<View> children = gateway.link.children.get(gateway.device.id);
        return children == null ? List.of() : List.copyOf(children);
    }

    /** Whether a view's own word does not count. */
    boolean silenced(View view) {
        if (view.gateway == null) {
            return false;
        }
        @Nullable View gateway = view(view.link, view.gateway.device());
        return gateway != null && (view.waiting || gateway.shown == Presence.OFFLINE);
    }

    /** A message of the device came live: it may be what was waited for. */
    static void heard(View view, Said said) {
        if (view.waiting && view.gateway != null) {
            boolean born = said == Said.ONLINE || said == Said.SLEEPING;
            view.waiting = !born && view.gateway.after() == PresenceEvent.Return.AFTER_BIRTH;
        }
    }

    /** What the server retains was read again: those that waited for that. */
    static List<View> released(Link link) {
        var released = link.children.values().stream()
                .flatMap(Set::stream)
                .filter(view -> view.waiting
                        && view.gateway != null
                        && view.gateway.after() == PresenceEvent.Return.AFTER_SNAPSHOT)
                .toList();
        released.forEach(view -> view.waiting = false);
        return released;
    }
}
