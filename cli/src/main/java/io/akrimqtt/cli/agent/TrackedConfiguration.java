package io.akrimqtt.cli.agent;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the agent keeps about a Configuration. Confined to its core. */
final class TrackedConfiguration {

    /** Where doubling stops; only reached by somebody who touches a failing Configuration dozens of times. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(3650);

    AgentConfiguration desired;

    /** To be deleted as soon as nothing is being opened. */
    boolean deleting;

    /** Its streams are ended, and its finalizer is being taken off. */
    boolean releasing;

    /** What was applied under the same name since the deletion. */
    @Nullable
    AgentConfiguration successor;

    /** The one that waits for its turn or for its handlers' answers; nothing else happens to the Configuration meanwhile. */
    @Nullable
    DiscoveryRequest opening;

    /** Its writes are being made; nothing else happens to the Configuration meanwhile. */
    boolean settling;

    /** To be reconciled once more as soon as nothing is being opened or written. */
    boolean again;

    /** Counts reconciles, so that a retry which was overtaken is not made. */
    long attempt;

    private Duration delay = Duration.ZERO;

    TrackedConfiguration(AgentConfiguration desired) {
        this.desired = desired;
    }

    ConfigurationKey key() {
        return desired.key();
    }

    boolean busy() {
        return opening != null || settling;
    }

    String name() {
        return desired.name();
    }

    /** The next wait: twice the last one. */
    Duration nextDelay(Duration first) {
        var doubled = delay.isZero() ? first : delay.multipliedBy(2);
        delay = doubled.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : doubled;
        return delay;
    }

    void succeeded() {
        delay = Duration.ZERO;
    }

    /** Forgets what only the agent's process knew. */
    void crash() {
        opening = null;
        settling = false;
        again = false;
        delay = Duration.ZERO;
    }
}
