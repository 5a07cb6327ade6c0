package io.akrimqtt.monitor.command.life;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether anything can be sent to the device now. Confined to its queue. */
final class Reachability {

    private boolean connected;
    private boolean reachable = true;
    private String reason = "";
    private Instant heldUntil = Instant.MIN;

    void device(boolean there, String why) {
        reachable = there;
        reason = why;
        heldUntil = there ? Instant.MIN : heldUntil;
    }

    void line(boolean there) {
        connected = there;
        heldUntil = there ? Instant.MIN : heldUntil;
    }

    /** What was sent did not reach it: nothing is tried for a while, or until there is news. */
    void hold(Instant now, Duration wait) {
        heldUntil = now.plus(wait);
    }

    /** How a command that does not wait ends now, or empty where it can be sent. */
    Optional<CommandOutcome> obstacle() {
        if (!connected) {
            return Optional.of(Endings.noServer());
        }
        return reachable ? Optional.empty() : Optional.of(Endings.unreachable(reason));
    }

    boolean open(Instant now) {
        return connected && reachable && !now.isBefore(heldUntil);
    }

    /** Why the device cannot be reached, or empty. */
    String reason() {
        return reachable ? "" : reason;
    }

    /** When {@link #open} may change by time alone; long ago for never. */
    Instant heldUntil() {
        return heldUntil;
    }
}
