package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An object store as seen over a connection that can be cut, and whose writes are counted. While it is cut each call is answered 503;
 * watches stay, so that whoever follows them must be paused. Thread-safe.
 */
public final class SwitchedStore implements ObjectStore {

    private final ObjectStore store;
    private final @Nullable ApiCounts counts;
    private volatile boolean away;

    private SwitchedStore(ObjectStore store, @Nullable ApiCounts counts) {
        this.store = store;
        this.counts = counts;
    }

    /** Counts what is written. */
    public static SwitchedStore counting(ObjectStore store, ApiCounts counts) {
        return new SwitchedStore(store, counts);
    }

    /** Counts nothing. */
    public static SwitchedStore of(ObjectStore store) {
        return new SwitchedStore(store, null);
    }

    /** Cuts the connection, or mends it. */
    public void away(boolean cut) {
        away = cut;
    }

    private ObjectStore reached() {
        if (away) {
            throw new ApiException(503, "ServiceUnavailable", "the API server cannot be reached");
        }
        return store;
    }

    private ObjectStore counted(Caller caller, ApiCounts.Verb verb, Resource resource) {
        var reached = reached();
        if (counts != null) {
            counts.count(caller, verb, resource);
        }
        return reached;
    }

    @Override
    public ObjectNode get(Resource resource, String namespace, String name) {
        return reached().get(resource, namespace, name);
    }

    @Override
    public Listing list(Resource resource, String namespace) {
        return reached().list(resource, namespace);
    }

    @Override
    public ObjectNode create(Resource resource, String namespace, ObjectNode object, Caller caller) {
        return counted(caller, ApiCounts.Verb.CREATE, resource).create(resource, namespace, object, caller);
    }

    @Override
    public ObjectNode apply(
            Resource resource, String namespace, String name, ObjectNode object, boolean force, Caller caller) {
        return counted(caller, ApiCounts.Verb.PATCH, resource).apply(resource, namespace, name, object, force, caller);
    }

    @Override
    public ObjectNode mergePatch(Resource resource, String namespace, String name, ObjectNode patch, Caller caller) {
        return counted(caller, ApiCounts.Verb.PATCH, resource).mergePatch(resource, namespace, name, patch, caller);
    }

    @Override
    public ObjectNode mergePatchStatus(
            Resource resource, String namespace, String name, ObjectNode patch, Caller caller) {
        return counted(caller, ApiCounts.Verb.PATCH_STATUS, resource)
                .mergePatchStatus(resource, namespace, name, patch, caller);
    }

    @Override
    public ObjectNode replace(Resource resource, String namespace, String name, ObjectNode object, Caller caller) {
        return counted(caller, ApiCounts.Verb.UPDATE, resource).replace(resource, namespace, name, object, caller);
    }

    @Override
    public ObjectNode delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, Caller caller) {
        return counted(caller, ApiCounts.Verb.DELETE, resource)
                .delete(resource, namespace, name, uid, resourceVersion, caller);
    }

    @Override
    public AutoCloseable watch(
            Resource resource, String namespace, String resourceVersion, Consumer<Changed> listener) {
        return reached().watch(resource, namespace, resourceVersion, listener);
    }

    @Override
    public void admission(Admission admission) {
        store.admission(admission);
    }
}
