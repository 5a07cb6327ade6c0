package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.cluster.InstanceState;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes over what was reported before our time, once for each watch: a journal may be lost, the Instances are still there. Only
 * what a handler of ours made: the marker, and a name that follows from the device's id.
 */
final class Adoption {

    /** How many ids of a device are tried: its own, and those that avoid a collision ({@code id#2}, {@code id#3} …). */
    private static final int IDS = 9;

    private final Ownership ownership;
    private final Set<String> done = new HashSet<>();

    Adoption(Ownership ownership) {
        this.ownership = ownership;
    }

    void turn(Moment moment, Agenda agenda) {
        if (!moment.cluster().reachable()) {
            return;
        }
        done.retainAll(moment.served().watches().stream().map(ServedWatch::name).collect(Collectors.toSet()));
        for (var group : moment.groups()) {
            for (var watch : group.watches()) {
                if (!group.configurations().isEmpty() && done.add(watch.name())) {
                    adopt(moment, group, watch, agenda);
                }
            }
        }
    }

    private void adopt(Moment moment, Group group, ServedWatch watch, Agenda agenda) {
        var devices = new HashSet<String>();
        for (var stray : group.strays()) {
            var device = stray.properties().getOrDefault(InstanceState.DEVICE, "");
            if (fit(moment, stray, device)) {
                devices.add(device);
            }
        }
        if (!devices.isEmpty()) {
            agenda.act(new Action.Adopt(watch.name(), devices, "their Instances were there before this process"));
        }
    }

    private boolean fit(Moment moment, InstanceState stray, String device) {
        return !device.isEmpty()
                && !stray.terminating()
                && (stray.names(moment.self()) || ownership.fallsHere(device, List.of(stray)))
                && !stray.releasedOn(moment.self())
                && InstanceHash.reportedId(device, stray.hash(), IDS).isPresent();
    }
}
