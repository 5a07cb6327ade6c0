package io.akrimqtt.cli.explain;

import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Said;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of one message under one Configuration. */
public sealed interface Explanation {

    /**
     * It belongs to a device.
     *
     * @param filter the filter that gave the device, or a status topic
     * @param others further filters that match, of which none counts
     * @param levels the named levels of the filter
     * @param said what the message says
     * @param caveat what of it is not taken into account, or null
     * @param belief what is believed after it
     * @param group the group that Akri has in the device's place; empty for none
     * @param later what is believed once the grace is over, or null where that is the same
     */
    record Device(
            String id,
            String name,
            String filter,
            List<String> others,
            Map<String, String> levels,
            Said said,
            @Nullable String caveat,
            Belief belief,
            String group,
            @Nullable Belief later)
            implements Explanation {
        public Device {
            others = List.copyOf(others);
            levels = Map.copyOf(levels);
        }
    }

    /** It belongs to none, and why. */
    record Nothing(String reason) implements Explanation {}
}
