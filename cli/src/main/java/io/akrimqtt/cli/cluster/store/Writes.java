package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore.Admission;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what was decided: gives it its version, remembers it for watches, and tells who must know. Confined to the store's lock. */
final class Writes {

    /** Characters of an object as JSON; etcd's limit is 1.5 MiB. */
    private static final int MOST_CHARACTERS = 3 * 1024 * 1024 / 2;

    private final InstantSource clock;
    private final Supplier<UUID> uids;
    private final History history;
    private final Deliveries deliveries;
    private final GarbageCollector garbage;
    private final Objects objects = new Objects();
    private final Owners owners = new Owners();
    private final List<Admission> admissions = new ArrayList<>();
    private long version;

    Writes(InstantSource clock, Supplier<UUID> uids, History history, Deliveries deliveries, GarbageCollector garbage) {
        this.clock = clock;
        this.uids = uids;
        this.history = history;
        this.deliveries = deliveries;
        this.garbage = garbage;
    }

    Objects objects() {
        return objects;
    }

    Owners owners() {
        return owners;
    }

    Supplier<UUID> uids() {
        return uids;
    }

    Instant now() {
        return clock.instant();
    }

    long version() {
        return version;
    }

    void admission(Admission admission) {
        admissions.add(admission);
    }

    void admit(Ref ref, @Nullable ObjectNode before, @Nullable ObjectNode after, Caller caller) {
        for (var admission : admissions) {
            admission.admit(ref.resource(), copy(before), copy(after), caller);
        }
    }

    private static @Nullable ObjectNode copy(@Nullable ObjectNode object) {
        return object == null ? null : object.deepCopy();
    }

    /** All writes after a version; an empty version is the present. */
    List<Commit> after(String resourceVersion) {
        if (resourceVersion.isEmpty()) {
            return List.of();
        }
        long from;
        try {
            from = Long.parseLong(resourceVersion);
        } catch (NumberFormatException _) {
            throw Refusals.bad("resourceVersion: Invalid value: must be a number");
        }
        if (from > version) {
            throw Refusals.expired("the resource version " + from + " is not reached yet; the last one is " + version);
        }
        return history.after(from);
    }

    ObjectNode insert(Ref ref, Revision after, boolean dryRun) {
        if (ref.resource() == Resource.EVENT && !dryRun) {
            objects.eventsInTheWay().forEach(old -> remove(old, objects.get(old), false));
        }
        objects.checkRoom();
        return commit(ref, Change.ADDED, after, dryRun);
    }

    /** Keeps a new state, if it is one; a Terminating object whose last finalizer went is removed. */
    ObjectNode keep(Ref ref, Revision live, Revision after, boolean dryRun) {
        if (same(live, after)) {
            return live.object().deepCopy();
        }
        if (ObjectMeta.terminating(after.object())
                && ObjectMeta.finalizers(after.object()).isEmpty()) {
            return remove(ref, after, dryRun);
        }
        return commit(ref, Change.MODIFIED, after, dryRun);
    }

    private static boolean same(Revision live, Revision after) {
        var old = live.object().deepCopy();
        var now = after.object().deepCopy();
        ObjectMeta.of(old).remove("managedFields");
        ObjectMeta.of(now).remove("managedFields");
        return Json.same(old, now) && live.fields().sameOwners(after.fields());
    }

    ObjectNode remove(Ref ref, Revision last, boolean dryRun) {
        return commit(ref, Change.DELETED, last, dryRun);
    }

    private ObjectNode commit(Ref ref, Change change, Revision revision, boolean dryRun) {
        var object = revision.object().deepCopy();
        ObjectMeta.of(object)
                .set("managedFields", revision.fields().json(ref.resource().apiVersion()));
        int size = object.toString().length();
        if (size > MOST_CHARACTERS) {
            throw new ApiException(413, "RequestEntityTooLarge", "etcdserver: request is too large (" + size + ")");
        }
        deliveries.checkRoom();
        if (dryRun) {
            return object;
        }
        version++;
        ObjectMeta.of(object).put("resourceVersion", Long.toString(version));
        place(ref, change, new Revision(object, revision.fields()));
        var commit = new Commit(version, ref, change, object, size);
        history.add(commit);
        deliveries.written(commit);
        return object.deepCopy();
    }

    private void place(Ref ref, Change change, Revision revision) {
        var before = objects.find(ref);
        if (before != null) {
            owners.removed(ref, before.object());
        }
        switch (change) {
            case ADDED, MODIFIED -> {
                objects.put(ref, revision);
                owners.added(ref, revision.object());
                if (owners.orphaned(revision.object())) {
                    garbage.look(ref);
                }
            }
            case DELETED -> {
                objects.remove(ref);
                owners.dependantsOf(revision.object()).forEach(garbage::look);
            }
        }
    }
}
