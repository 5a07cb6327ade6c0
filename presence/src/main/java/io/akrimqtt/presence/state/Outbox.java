package io.akrimqtt.presence.state;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what one event leads to. Confined to its table. */
final class Outbox {

    private Set<String> changed = new LinkedHashSet<>();
    private Set<String> toRemember = new LinkedHashSet<>();
    private List<Decision> decisions = new ArrayList<>();
    private List<View> removed = new ArrayList<>();
    private final BitSet toRead = new BitSet();
    private long tickets;
    private long lateWills;

    void changed(Device device) {
        changed.add(device.id);
    }

    /** Has the device's memory written where it is not what it was. */
    void remember(Device device) {
        long now = Recall.fingerprint(device);
        if (now != device.remembered) {
            device.remembered = now;
            toRemember.add(device.id);
        }
    }

    /** Has the device's memory deleted. */
    void forget(Device device) {
        toRemember.add(device.id);
    }

    /** Asks for the retained messages of topics; returns the ticket. */
    long verify(View view, List<String> topics) {
        decisions.add(new Decision.Verify(view.link.server, view.device.id, ++tickets, topics));
        return tickets;
    }

    void wakeAt(long time) {
        decisions.add(new Decision.WakeAt(Times.instant(time)));
    }

    /** Has what a server retains read again. */
    void readAgain(Link link) {
        toRead.set(link.server);
    }

    /** It was read just now. */
    void readAlready(Link link) {
        toRead.clear(link.server);
    }

    /** Has a view forgotten, once whoever looks at it is done. */
    void remove(View view) {
        removed.add(view);
    }

    void lateWill() {
        lateWills++;
    }

    long lateWills() {
        return lateWills;
    }

    List<View> takeRemoved() {
        if (removed.isEmpty()) {
            return List.of();
        }
        var taken = removed;
        removed = new ArrayList<>();
        return taken;
    }

    List<Decision> take() {
        if (!changed.isEmpty()) {
            decisions.addFirst(new Decision.Changed(changed));
            changed = new LinkedHashSet<>();
        }
        toRead.stream().forEach(server -> decisions.add(new Decision.ReadAgain(server)));
        toRead.clear();
        if (!toRemember.isEmpty()) {
            decisions.addFirst(new Decision.Remember(toRemember));
            toRemember = new LinkedHashSet<>();
        }
        if (decisions.isEmpty()) {
            return List.of();
        }
        var taken = decisions;
        decisions = new ArrayList<>();
        return taken;
    }
}
