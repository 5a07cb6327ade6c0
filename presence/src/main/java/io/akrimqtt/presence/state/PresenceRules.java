package io.akrimqtt.presence.state;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the presence core goes by. No duration is negative.
 *
 * @param silence after how much silence a device is offline
 * @param offlineGrace how long an offline statement must stand before the device is offline
 * @param settle activity this soon after an offline statement may have been overtaken by it, and proves nothing
 * @param serverGrace how long an MQTT server may be away before its word counts as unknown
 * @param probation how long a retained online keeps its weight without live evidence once an MQTT server was restarted or has lost
 *     our session; and how long a device that merely exists stays unknown where there is no silence timeout (else it is that)
 * @param sleepTimeout after how much sleep without a message a device is offline; zero for never
 * @param retained what retained messages prove that carry no statement
 * @param flapDamping whether a device that comes and goes is kept listed until it is stable
 * @param listed in which states a device is listed; a device is never listed for being unknown, it only stays so
 */
public record PresenceRules(
        Silence silence,
        Duration offlineGrace,
        Duration settle,
        Duration serverGrace,
        Duration probation,
        Duration sleepTimeout,
        Retained retained,
        boolean flapDamping,
        Set<Presence> listed) {

    /**
     * Silence.
     *
     * @param timeout zero for never; of no meaning where it is automatic
     * @param automatic three times the longest recent gap between two live messages of the device, from 2 m to 24 h
     * @param written it was asked for: it then holds for devices that a status supports, too
     */
    public record Silence(Duration timeout, boolean automatic, boolean written) {}

    /** What a retained message without a statement proves. */
    public enum Retained {
        /** That the device existed once: unknown, and not listed for that. */
        PROBATION,
        /** That it is there. */
        ALIVE,
        /** Nothing at all. */
        IGNORE
    }

    /** 10 m silence (not written), 10 s grace, 3 s settle, 2 m for a server, 5 m probation, sleep without end, damping. */
    public static final PresenceRules DEFAULT = new PresenceRules(
            new Silence(Duration.ofMinutes(10), false, false),
            Duration.ofSeconds(10),
            Duration.ofSeconds(3),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ZERO,
            Retained.PROBATION,
            true,
            Set.of(Presence.ONLINE, Presence.SLEEPING, Presence.UNKNOWN));

    public PresenceRules {
        // In the order of the states, so that equal rules have equal texts in every process.
        listed =
                Collections.unmodifiableSet(listed.isEmpty() ? EnumSet.noneOf(Presence.class) : EnumSet.copyOf(listed));
    }

    /** With a timeout that was asked for; zero for never. */
    public PresenceRules withSilenceTimeout(Duration value) {
        return with(new Silence(value, false, true));
    }

    public PresenceRules with(Silence value) {
        return new PresenceRules(
                value, offlineGrace, settle, serverGrace, probation, sleepTimeout, retained, flapDamping, listed);
    }

    public PresenceRules withOfflineGrace(Duration value) {
        return new PresenceRules(
                silence, value, settle, serverGrace, probation, sleepTimeout, retained, flapDamping, listed);
    }

    public PresenceRules withSettle(Duration value) {
        return new PresenceRules(
                silence, offlineGrace, value, serverGrace, probation, sleepTimeout, retained, flapDamping, listed);
    }

    public PresenceRules withServerGrace(Duration value) {
        return new PresenceRules(
                silence, offlineGrace, settle, value, probation, sleepTimeout, retained, flapDamping, listed);
    }

    public PresenceRules withProbation(Duration value) {
        return new PresenceRules(
                silence, offlineGrace, settle, serverGrace, value, sleepTimeout, retained, flapDamping, listed);
    }

    public PresenceRules withSleepTimeout(Duration value) {
        return new PresenceRules(
                silence, offlineGrace, settle, serverGrace, probation, value, retained, flapDamping, listed);
    }

    public PresenceRules with(Retained value) {
        return new PresenceRules(
                silence, offlineGrace, settle, serverGrace, probation, sleepTimeout, value, flapDamping, listed);
    }

    public PresenceRules withFlapDamping(boolean value) {
        return new PresenceRules(
                silence, offlineGrace, settle, serverGrace, probation, sleepTimeout, retained, value, listed);
    }

    public PresenceRules withListed(Set<Presence> value) {
        return new PresenceRules(
                silence, offlineGrace, settle, serverGrace, probation, sleepTimeout, retained, flapDamping, value);
    }
}
