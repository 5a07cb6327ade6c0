package io.akrimqtt.monitor.command.life;

import java.time.Duration;

/**
 * What a caller wants where the device cannot be reached now.
 *
 * @param ttl how long it may wait for being sent; 1 s to 7 days
 * @param replaceKey a new command with the same key takes the place of one that still waits; empty for none
 */
public record Queueing(Duration ttl, CommandPriority priority, String replaceKey) {

    /** How long commands wait where the caller does not say. */
    public static final Duration DEFAULT_TTL = Duration.ofHours(1);

    /** The longest time to wait. */
    public static final Duration LONGEST_TTL = Duration.ofDays(7);

    /** The shortest time to wait. */
    public static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

    /** An hour, normal priority, nothing replaced. */
    public static final Queueing DEFAULT = new Queueing(DEFAULT_TTL, CommandPriority.NORMAL, "");
}
