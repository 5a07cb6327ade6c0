package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Caller;
import java.util.TreeSet;

/** One write to one object, except its deletion. Confined to the store's lock. */
record Request(Writes writes, Ref ref, Caller caller) {

    ObjectNode create(ObjectNode object) {
        if (writes.objects().find(ref) != null) {
            throw Refusals.exists(ref);
        }
        if (!ObjectMeta.text(object, "resourceVersion").isEmpty()) {
            throw Refusals.bad("resourceVersion should not be set on objects to be created");
        }
        var content = checked(object.deepCopy(), Revision.none());
        return insert(Revision.none().written(ref, content, Manager.writing(caller, ""), writes.now()));
    }

    ObjectNode apply(ObjectNode object, boolean force) {
        if (caller.fieldManager().isEmpty()) {
            throw Refusals.bad("fieldManager: Required value: is required for apply patch");
        }
        new Shape(ref).checkApplied(object);
        var live = writes.objects().find(ref);
        var preconditions = Preconditions.in(object);
        if (live == null) {
            preconditions.checkAbsent(ref);
        } else {
            preconditions.check(ref, live.object());
        }
        var before = live == null ? Revision.none() : live;
        var applied = new ServerSideApply(ref, Manager.applying(caller), force).on(before, object, writes.now());
        var after = new Revision(checked(applied.object(), before), applied.fields());
        return live == null ? insert(after) : update(live, after);
    }

    ObjectNode mergePatch(ObjectNode patch) {
        var live = writes.objects().get(ref);
        Preconditions.in(patch).check(ref, live.object());
        var next = live.object().deepCopy();
        Json.mergePatch(next, patch);
        return write(live, next);
    }

    ObjectNode replace(ObjectNode object) {
        var live = writes.objects().get(ref);
        Preconditions.in(object).check(ref, live.object());
        return write(live, object.deepCopy());
    }

    private ObjectNode write(Revision live, ObjectNode next) {
        var content = checked(next, live);
        return update(live, live.written(ref, content, Manager.writing(caller, ""), writes.now()));
    }

    ObjectNode mergePatchStatus(ObjectNode patch) {
        var live = writes.objects().get(ref);
        Preconditions.in(patch).check(ref, live.object());
        var next = live.object().deepCopy();
        var status = next.objectNode();
        status.set("status", patch.path("status").deepCopy());
        Json.mergePatch(next, status);
        var after = live.written(ref, checked(next, live), Manager.writing(caller, "status"), writes.now());
        return writes.keep(ref, live, after, caller.dryRun());
    }

    /** The content as an object of this place that keeps the rules. */
    private ObjectNode checked(ObjectNode content, Revision before) {
        var shape = new Shape(ref);
        shape.check(content);
        var object = ObjectMeta.identify(ref, content, before.object());
        shape.fillIn(object);
        return object;
    }

    private ObjectNode insert(Revision after) {
        var meta = ObjectMeta.of(after.object());
        meta.put("uid", writes.uids().get().toString());
        meta.put("creationTimestamp", ObjectMeta.time(writes.now()));
        meta.put("generation", 1);
        writes.admit(ref, null, after.object(), caller);
        return writes.insert(ref, after, caller.dryRun());
    }

    private ObjectNode update(Revision live, Revision after) {
        if (ObjectMeta.terminating(live.object())) {
            refuseNewFinalizers(live, after);
        }
        if (ObjectMeta.specChanged(live.object(), after.object())) {
            ObjectMeta.bumpGeneration(after.object());
        }
        writes.admit(ref, live.object(), after.object(), caller);
        return writes.keep(ref, live, after, caller.dryRun());
    }

    private void refuseNewFinalizers(Revision live, Revision after) {
        var added = new TreeSet<>(ObjectMeta.finalizers(after.object()));
        added.removeAll(ObjectMeta.finalizers(live.object()));
        if (!added.isEmpty()) {
            throw Refusals.invalid(
                    ref.resource(),
                    ref.name(),
                    "metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, "
                            + "found new finalizers " + added);
        }
    }
}
