package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * All objects of the local cluster, in memory. Thread-safe: one write at a time. Admissions are asked within the write; they may read
 * the store, and must neither write nor block.
 *
 * <p>Bounds: 100,000 objects (further ones are refused with 429), 1000 Kubernetes Events (the oldest goes), 1.5 MiB an object (413),
 * and a history of a stated number of writes for watches (410 Expired for older ones).
 */
public final class InMemoryObjectStore implements ObjectStore, AutoCloseable {

    /** Writes that a watch can be behind, if no other number is given. */
    public static final int HISTORY = 5000;

    private static final Caller COLLECTOR =
            new Caller("system:serviceaccount:kube-system:generic-garbage-collector", "", "", false);

    private final Writes writes;
    private final Deliveries deliveries;
    private final GarbageCollector garbage;

    private InMemoryObjectStore(InstantSource clock, int history, Supplier<UUID> uids) {
        this.deliveries = Deliveries.start();
        this.garbage = GarbageCollector.start(this::collect);
        this.writes = new Writes(clock, uids, new History(history), deliveries, garbage);
    }

    /** An empty store with a history of {@value #HISTORY} writes. */
    public static InMemoryObjectStore start(InstantSource clock) {
        return start(clock, HISTORY, UUID::randomUUID);
    }

    /**
     * An empty store.
     *
     * @param history writes that a watch can be behind, at least 1
     */
    public static InMemoryObjectStore start(InstantSource clock, int history, Supplier<UUID> uids) {
        if (history < 1) {
            throw new IllegalArgumentException("history: " + history + " (expected: at least 1)");
        }
        return new InMemoryObjectStore(clock, history, uids);
    }

    @Override
    public synchronized ObjectNode get(Resource resource, String namespace, String name) {
        return writes.objects().get(new Ref(resource, namespace, name)).object().deepCopy();
    }

    @Override
    public synchronized Listing list(Resource resource, String namespace) {
        return new Listing(writes.objects().list(resource, namespace), Long.toString(writes.version()));
    }

    @Override
    public synchronized ObjectNode create(Resource resource, String namespace, ObjectNode object, Caller caller) {
        return new Request(writes, Names.ofNew(resource, namespace, object, writes.uids()), caller).create(object);
    }

    @Override
    public synchronized ObjectNode apply(
            Resource resource, String namespace, String name, ObjectNode object, boolean force, Caller caller) {
        return request(resource, namespace, name, object, caller).apply(object, force);
    }

    @Override
    public synchronized ObjectNode mergePatch(
            Resource resource, String namespace, String name, ObjectNode patch, Caller caller) {
        return request(resource, namespace, name, patch, caller).mergePatch(patch);
    }

    @Override
    public synchronized ObjectNode mergePatchStatus(
            Resource resource, String namespace, String name, ObjectNode patch, Caller caller) {
        return request(resource, namespace, name, patch, caller).mergePatchStatus(patch);
    }

    @Override
    public synchronized ObjectNode replace(
            Resource resource, String namespace, String name, ObjectNode object, Caller caller) {
        return request(resource, namespace, name, object, caller).replace(object);
    }

    @Override
    public synchronized ObjectNode delete(
            Resource resource, String namespace, String name, String uid, String resourceVersion, Caller caller) {
        var ref = Names.checked(resource, namespace, name);
        return new Deletion(writes, ref, caller).delete(new Preconditions(uid, resourceVersion));
    }

    private Request request(Resource resource, String namespace, String name, ObjectNode body, Caller caller) {
        var ref = Names.checked(resource, namespace, name);
        Names.agree(ref, body);
        return new Request(writes, ref, caller);
    }

    @Override
    public synchronized AutoCloseable watch(
            Resource resource, String namespace, String resourceVersion, Consumer<Changed> listener) {
        var missed = writes.after(resourceVersion);
        var subscription = new Deliveries.Subscription(resource, namespace, listener);
        deliveries.checkRoom();
        deliveries.join(subscription, missed);
        return subscription;
    }

    @Override
    public synchronized void admission(Admission admission) {
        writes.admission(admission);
    }

    private synchronized void collect(Ref ref) {
        var found = writes.objects().find(ref);
        if (found != null
                && !ObjectMeta.terminating(found.object())
                && writes.owners().orphaned(found.object())) {
            var uid = ObjectMeta.text(found.object(), "uid");
            new Deletion(writes, ref, COLLECTOR).delete(new Preconditions(uid, ""));
        }
    }

    /** Ends all watches and the collection of garbage; the objects remain readable. */
    @Override
    public void close() {
        garbage.close();
        deliveries.close();
    }
}
