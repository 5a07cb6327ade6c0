package io.akrimqtt.cli.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The API server's rules without HTTP: versions, UIDs, generations, server-side apply with its conflicts, merge patches,
 * finalizers, preconditions, garbage collection by owner, admission, watches. Objects that are handed out are copies. Thread-safe;
 * every write is atomic and has one place in the order of resource versions.
 */
public interface ObjectStore {

    /** One object. Throws {@link ApiException} 404 where there is none, as all methods here do. */
    ObjectNode get(Resource resource, String namespace, String name);

    /** All of a namespace, or of all where it is empty, ordered by namespace and name. */
    Listing list(Resource resource, String namespace);

    /** A list and the version it was read at. */
    record Listing(List<ObjectNode> items, String resourceVersion) {}

    /** Makes an object; 409 AlreadyExists. */
    ObjectNode create(Resource resource, String namespace, ObjectNode object, Caller caller);

    /** Server-side apply; makes the object where there is none. 409 Conflict names the fields and their managers. */
    ObjectNode apply(Resource resource, String namespace, String name, ObjectNode object, boolean force, Caller caller);

    /** A JSON merge patch (RFC 7386); a resourceVersion or UID in it is a precondition. */
    ObjectNode mergePatch(Resource resource, String namespace, String name, ObjectNode patch, Caller caller);

    /** The status of an object by merge patch, past admission and generation. */
    ObjectNode mergePatchStatus(Resource resource, String namespace, String name, ObjectNode patch, Caller caller);

    /** Replaces it; the resourceVersion in it, where there is one, is a precondition. */
    ObjectNode replace(Resource resource, String namespace, String name, ObjectNode object, Caller caller);

    /**
     * Deletes it, or lets it terminate while it has finalizers; its dependants follow in the background.
     *
     * @param uid a precondition; empty for none
     * @param resourceVersion a precondition; empty for none
     */
    ObjectNode delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, Caller caller);

    /** How an object changed. */
    enum Change {
        ADDED,
        MODIFIED,
        DELETED
    }

    /** One change; the object is as after it, or as it was last. */
    record Changed(Change change, ObjectNode object) {}

    /**
     * Tells all changes after a version, in order, on a thread of the store; the listener must not block. 410 Expired where the
     * version is too old.
     *
     * @param namespace empty for all
     */
    AutoCloseable watch(Resource resource, String namespace, String resourceVersion, Consumer<Changed> listener);

    /** Decides on writes before they are kept. */
    @FunctionalInterface
    interface Admission {
        /** Throws {@link ApiException} to refuse; {@code null} stands for an object that is not there before or after. */
        void admit(Resource resource, @Nullable ObjectNode before, @Nullable ObjectNode after, Caller caller);
    }

    /** Adds one; all that were added are asked, in order. */
    void admission(Admission admission);
}
