package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What must still be so for a write; empty for anything. */
record Preconditions(String uid, String resourceVersion) {

    /** As an object or a patch says them. */
    static Preconditions in(ObjectNode object) {
        return new Preconditions(ObjectMeta.text(object, "uid"), ObjectMeta.text(object, "resourceVersion"));
    }

    /** Throws 409 Conflict. */
    void check(Ref ref, ObjectNode live) {
        var liveUid = ObjectMeta.text(live, "uid");
        if (!uid.isEmpty() && !uid.equals(liveUid)) {
            throw Refusals.conflict(
                    ref, "Precondition failed: UID in precondition: " + uid + ", UID in object meta: " + liveUid);
        }
        if (!resourceVersion.isEmpty() && !resourceVersion.equals(ObjectMeta.text(live, "resourceVersion"))) {
            throw Refusals.stale(ref);
        }
    }

    /** Throws 409 Conflict where the object must be there and is not. */
    void checkAbsent(Ref ref) {
        if (!uid.isEmpty() || !resourceVersion.isEmpty()) {
            throw Refusals.conflict(ref, "a uid or resourceVersion was given, and no existing object was found");
        }
    }
}
