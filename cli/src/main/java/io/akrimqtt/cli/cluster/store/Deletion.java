package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Caller;

/** The deletion of one object; with finalizers it begins only. Confined to the store's lock. */
record Deletion(Writes writes, Ref ref, Caller caller) {

    ObjectNode delete(Preconditions preconditions) {
        var live = writes.objects().get(ref);
        preconditions.check(ref, live.object());
        writes.admit(ref, live.object(), null, caller);
        if (ObjectMeta.finalizers(live.object()).isEmpty()) {
            return writes.remove(ref, live, caller.dryRun());
        }
        if (ObjectMeta.terminating(live.object())) {
            return live.object().deepCopy();
        }
        var next = live.object().deepCopy();
        ObjectMeta.of(next).put("deletionTimestamp", ObjectMeta.time(writes.now()));
        ObjectMeta.of(next).put("deletionGracePeriodSeconds", 0);
        ObjectMeta.bumpGeneration(next);
        return writes.keep(ref, live, new Revision(next, live.fields()), caller.dryRun());
    }
}
