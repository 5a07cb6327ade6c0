package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives slots to this node that nobody uses any more: those of a node that the Instance does not name or that is lost, and those
 * that Akri's controller has blanked, which make a workload fail for ever. In one write with the keys that this node's manager holds
 * already, since what an apply leaves out is taken away.
 */
final class Slots {

    private static final String MANAGER = "dp-";

    private final Clerk clerk;

    Slots(Clerk clerk) {
        this.clerk = clerk;
    }

    void turn(Moment moment, Agenda agenda) {
        for (var group : moment.groups()) {
            for (var item : group.items()) {
                if (item.reported()) {
                    item.naming(moment.self()).stream()
                            .filter(InstanceState::marked)
                            .forEach(instance -> mend(moment, instance, agenda));
                }
            }
        }
    }

    private void mend(Moment moment, InstanceState instance, Agenda agenda) {
        if (instance.deviceUsage().isEmpty()) {
            return;
        }
        var free = instance.deviceUsage().entrySet().stream()
                .filter(slot -> unused(moment, instance, slot.getValue()))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        if (free.isEmpty()) {
            return;
        }
        int place = takers(moment, instance).indexOf(moment.self());
        if (place >= 0 && place < free.size()) {
            handOver(moment, instance, free.get(place), agenda);
        }
    }

    private static boolean unused(Moment moment, InstanceState instance, String usage) {
        var holder = InstanceState.holder(usage);
        return holder.isEmpty() || !instance.names(holder) || moment.nodes().lost(holder);
    }

    /** Who takes the first of them, who the second: nodes without a slot first. The same on every node. */
    private static List<String> takers(Moment moment, InstanceState instance) {
        var holders = Set.copyOf(instance.deviceUsage().values().stream()
                .map(InstanceState::holder)
                .toList());
        return instance.nodes().stream()
                .filter(node -> !moment.nodes().lost(node))
                .sorted((a, b) -> {
                    int had = Boolean.compare(holders.contains(a), holders.contains(b));
                    return had == 0 ? a.compareTo(b) : had;
                })
                .toList();
    }

    private void handOver(Moment moment, InstanceState instance, String slot, Agenda agenda) {
        var usage = new HashMap<String, String>();
        instance.usageManagers().getOrDefault(MANAGER + moment.self(), Set.of()).stream()
                .filter(instance.deviceUsage()::containsKey)
                .forEach(key -> usage.put(key, instance.deviceUsage().getOrDefault(key, "")));
        usage.put(slot, moment.self());
        var before = InstanceState.holder(instance.deviceUsage().getOrDefault(slot, ""));
        clerk.offer(
                new Action.HandSlotOver(
                        instance.ref(),
                        slot,
                        moment.self(),
                        Map.copyOf(usage),
                        before.isEmpty()
                                ? "a slot that was blanked was given to the node that has the device"
                                : "a slot was given to the node that has the device, from one that has not"),
                moment.now(),
                agenda);
    }
}
