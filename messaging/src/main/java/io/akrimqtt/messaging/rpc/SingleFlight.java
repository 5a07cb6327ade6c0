package io.akrimqtt.messaging.rpc;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps commands apart whose answers tell nothing: after one that was sent and not answered, its answer may still come and must not
 * be taken for the next one's. So nothing is asked until it has come, or for as long again as the command had. Confined to the
 * invoker's thread, but for {@link #inDoubt()}.
 */
final class SingleFlight {

    private final ScheduledExecutorService owner;
    private volatile @Nullable Call unanswered;

    SingleFlight(ScheduledExecutorService owner) {
        this.owner = owner;
    }

    boolean inDoubt() {
        return unanswered != null;
    }

    /** Why nothing can be asked now, or null. */
    CommandEvent.@Nullable Failed obstacle(boolean underWay) {
        if (underWay) {
            return Failures.queue("another command is under way (expected: one at a time, since answers carry no id)");
        }
        return inDoubt() ? Failures.queue("the answer to an earlier command may still come") : null;
    }

    /** Whether an answer may still come after such an end. */
    static boolean mayStillCome(@Nullable CommandEvent last) {
        return last instanceof CommandEvent.Failed failed && (failed.status() == 504 || failed.status() == 499);
    }

    /** A call was sent and has ended without an answer. */
    void ended(Call call) {
        unanswered = call;
        var _ = owner.schedule(() -> forget(call), call.request().timeout().toNanos(), TimeUnit.NANOSECONDS);
    }

    private void forget(Call call) {
        if (unanswered == call) {
            unanswered = null;
        }
    }

    /** The answer has come after all. */
    Optional<Call> take() {
        var call = Optional.ofNullable(unanswered);
        unanswered = null;
        return call;
    }
}
