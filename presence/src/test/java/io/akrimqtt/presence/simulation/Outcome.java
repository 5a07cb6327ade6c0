package io.akrimqtt.presence.simulation;

import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.Transition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a story.
 *
 * @param text the timeline, and belief versus truth
 * @param wrong devices of which something wrong is believed that could have been known
 */
record Outcome(String name, String text, List<String> wrong) {

    /** Fleets are summed up. */
    private static final int SHOWN = 12;

    private static final String ROW = "%-12s %-8s %-24s %-16s %-6s %s";

    static Outcome of(
            String name,
            List<String> timeline,
            List<SimulatedDevice> devices,
            Map<String, String> unknowable,
            Tracker tracker) {
        var lines = new ArrayList<String>();
        lines.add(name);
        lines.add("");
        lines.addAll(timeline);
        lines.add("");
        lines.add(ROW.formatted("DEVICE", "TRUTH", "BELIEVED", "BECAUSE OF", "CAME", "VERDICT"));
        var wrong = new ArrayList<String>();
        var sums = new LinkedHashMap<String, Integer>();
        for (var device : truths(devices).entrySet()) {
            var belief = tracker.belief(device.getKey());
            boolean right =
                    device.getValue().there() == belief.map(Belief::listed).orElse(false);
            @Nullable String excuse = unknowable.get(device.getKey().replaceFirst("robots/", ""));
            if (!right && excuse == null) {
                wrong.add(device.getKey());
            }
            var verdict = right ? "right" : excuse == null ? "WRONG" : "wrong, " + excuse;
            var row = row(device.getKey(), device.getValue(), belief, verdict);
            if (devices.size() <= SHOWN) {
                lines.add(row);
            } else {
                sums.merge(row.substring(12), 1, Integer::sum);
            }
        }
        sums.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(sum -> lines.add("%-12s%s".formatted(sum.getValue() + " devices", sum.getKey())));
        return new Outcome(
                name,
                String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n",
                List.copyOf(wrong));
    }

    /** Of twins the one that is there counts. */
    private static Map<String, SimulatedDevice.Truth> truths(List<SimulatedDevice> devices) {
        var truths = new LinkedHashMap<String, SimulatedDevice.Truth>();
        devices.forEach(device -> truths.merge(device.id, device.truth(), (one, other) -> one.there() ? one : other));
        return truths;
    }

    private static String row(String id, SimulatedDevice.Truth truth, Optional<Belief> belief, String verdict) {
        var believed = belief.map(Tracker::state).orElse("not known");
        var because = belief.map(each -> each.evidence().kind().name()).orElse("");
        return ROW.formatted(
                id, truth, believed, because, belief.map(Outcome::came).orElse(0L), verdict);
    }

    /** How often it came to be online or sleeping, of the latest transitions. */
    private static long came(Belief belief) {
        return belief.transitions().stream().filter(Outcome::arrival).count();
    }

    private static boolean arrival(Transition transition) {
        return there(transition.to()) && !there(transition.from());
    }

    private static boolean there(Presence presence) {
        return presence == Presence.ONLINE || presence == Presence.SLEEPING;
    }
}
