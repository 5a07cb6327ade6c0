package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which Instances are released on this node: what is read, corrected by what this process has written and does not see yet. */
final class Tenure {

    /** For how long one's own write counts more than what is read. */
    private static final Duration LAG = Duration.ofSeconds(30);

    private final Map<String, Written> written = new HashMap<>();

    private record Written(boolean released, Instant until) {}

    /** Notes a write that the API server confirmed. */
    void confirmed(ObjectRef object, boolean released, Instant at) {
        written.put(object.uid(), new Written(released, at.plus(LAG)));
    }

    boolean released(InstanceState instance, String node, Instant now) {
        @Nullable Written last = written.get(instance.ref().uid());
        if (last == null || !now.isBefore(last.until())) {
            return instance.releasedOn(node);
        }
        return last.released();
    }

    /** Ends what is visible by now, and what is no more. */
    void sweep(Moment moment) {
        if (written.isEmpty() || !moment.cluster().reachable()) {
            return;
        }
        var alive = new HashSet<String>();
        moment.cluster().instances().forEach(each -> alive.add(each.ref().uid()));
        written.keySet().retainAll(alive);
        for (var instance : moment.cluster().instances()) {
            Optional.ofNullable(written.get(instance.ref().uid()))
                    .filter(last -> instance.releasedOn(moment.self()) == last.released()
                            || !moment.now().isBefore(last.until()))
                    .ifPresent(_ -> written.remove(instance.ref().uid()));
        }
    }
}
