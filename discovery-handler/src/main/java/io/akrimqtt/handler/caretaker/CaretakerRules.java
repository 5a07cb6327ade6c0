package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.placement.Placement;
import java.time.Duration;

/**
 * What the caretaker goes by.
 *
 * @param placement which nodes report a device
 * @param takeover how long the handler of a Ready node may be away before its devices are taken over
 * @param kubernetes whether there is an API server that may be read; false means that every device is reported, and no actions
 * @param probe how often the guard is tried
 * @param releases how many releases a second all handlers together may write
 */
public record CaretakerRules(Placement placement, Duration takeover, boolean kubernetes, Duration probe, int releases) {

    /** As in a cluster: one node per device, 5 minutes, the guard tried every 5 minutes, 20 releases a second. */
    public static final CaretakerRules DEFAULT =
            new CaretakerRules(Placement.ONE_NODE, Duration.ofMinutes(5), true, Duration.ofMinutes(5), 20);

    /** Without Kubernetes: every device is reported. */
    public static final CaretakerRules BLIND =
            new CaretakerRules(Placement.EVERY_NODE, Duration.ofMinutes(5), false, Duration.ofMinutes(5), 20);

    public CaretakerRules {
        if (takeover.isNegative() || !probe.isPositive() || releases < 1) {
            throw new IllegalArgumentException("rules: takeover " + takeover + ", probe " + probe + ", releases "
                    + releases + " (expected: takeover of 0 or more, probe of more than 0, 1 release or more)");
        }
    }

    public CaretakerRules with(Placement value) {
        return new CaretakerRules(value, takeover, kubernetes, probe, releases);
    }

    public CaretakerRules withTakeover(Duration value) {
        return new CaretakerRules(placement, value, kubernetes, probe, releases);
    }
}
