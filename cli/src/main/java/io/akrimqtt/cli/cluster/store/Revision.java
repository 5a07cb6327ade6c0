package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.TreeSet;

/** One state of an object and who owns its fields. The object of a kept revision is never written again. */
record Revision(ObjectNode object, ManagedFields fields) {

    /** Before there is an object. */
    static Revision none() {
        return new Revision(JsonNodeFactory.instance.objectNode(), ManagedFields.NONE);
    }

    /** After a write that is not an apply: who changes a field owns it alone, who removes it leaves it without owners. */
    Revision written(Ref ref, ObjectNode next, Manager manager, Instant now) {
        var difference = Difference.between(ref.resource(), object, next);
        var own = new TreeSet<>(fields.of(manager));
        own.removeAll(difference.removed());
        own.addAll(difference.written());
        var taken = new TreeSet<>(difference.written());
        taken.addAll(difference.removed());
        return new Revision(next, fields.minus(taken).with(manager, own, now));
    }
}
