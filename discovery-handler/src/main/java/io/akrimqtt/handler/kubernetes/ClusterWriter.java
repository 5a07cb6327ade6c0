package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.InstanceState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries writes out, one after the other in their order, and tells what became of each. Thread-safe; one virtual thread calls the
 * API server, so that two writes to one object never overtake each other.
 *
 * <p>At most {@link #QUEUE} writes wait; one more is not tried and comes back as unreachable at once. At most {@link #RATE} calls a
 * second; where the API server wants to be left alone (429, 503 with a time), as long as it says, 30 s at most. No call is retried
 * here: the caretaker looks again.
 */
final class ClusterWriter implements AutoCloseable {

    /** How many writes wait at most. */
    static final int QUEUE = 1024;

    /** Calls a second at most. */
    static final int RATE = 50;

    /** The field manager of merge patches. */
    static final String MANAGER = "akri-mqtt";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWriter.class);
    private static final Duration GAP = Duration.ofSeconds(1).dividedBy(RATE);

    private final KubernetesClient client;
    private final Function<String, Optional<InstanceState>> instances;
    private final BooleanSupplier allowed;
    private final InstantSource clock;
    private final Tally calls;
    private final BlockingQueue<Job> jobs = new ArrayBlockingQueue<>(QUEUE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("cluster-writes").unstarted(this::run);

    private ClusterWriter(
            KubernetesClient client,
            Function<String, Optional<InstanceState>> instances,
            BooleanSupplier allowed,
            InstantSource clock,
            Tally calls) {
        this.client = client;
        this.instances = instances;
        this.allowed = allowed;
        this.clock = clock;
        this.calls = calls;
    }

    private record Job(Write write, BiConsumer<Write, Outcome> done) {}

    /**
     * Starts the thread.
     *
     * @param instances Instances as they are now, by their UID
     * @param allowed whether this process may write; where not, a write is not tried and comes back as unreachable
     * @param clock the wall's, for annotations
     * @param calls counted by verb and resource, and result
     */
    static ClusterWriter start(
            KubernetesClient client,
            Function<String, Optional<InstanceState>> instances,
            BooleanSupplier allowed,
            InstantSource clock,
            Tally calls) {
        var writer = new ClusterWriter(client, instances, allowed, clock, calls);
        writer.thread.start();
        return writer;
    }

    /** Takes a write; {@code done} is told what became of it, on the writer's thread or on the caller's. Never blocks. */
    void write(Write write, BiConsumer<Write, Outcome> done) {
        if (closed.getCount() == 0 || !jobs.offer(new Job(write, done))) {
            calls.add("queue", "full");
            done.accept(write, Outcome.UNREACHABLE);
        }
    }

    /** How many writes wait. */
    int waiting() {
        return jobs.size();
    }

    private void run() {
        try {
            while (closed.getCount() > 0) {
                var job = jobs.take();
                var pause = carryOut(job);
                if (closed.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /** Tells how long to wait before the next. */
    private Duration carryOut(Job job) {
        var write = job.write();
        if (!allowed.getAsBoolean()) {
            job.done().accept(write, Outcome.UNREACHABLE);
            return Duration.ZERO;
        }
        var call = WriteCall.of(write, instances, clock.instant());
        if (call.isEmpty()) {
            job.done().accept(write, Outcome.CONFLICT);
            return Duration.ZERO;
        }
        var what = call.get().verb() + " " + call.get().kind().plural();
        var outcome = Outcome.DONE;
        var pause = GAP;
        try {
            send(call.get());
        } catch (RuntimeException e) {
            outcome = ApiFailure.outcome(e);
            var asked = ApiFailure.retryAfter(e);
            pause = asked.compareTo(GAP) > 0 ? asked : GAP;
            LOG.atDebug()
                    .addKeyValue(LogKey.ACTION, write.getClass().getSimpleName())
                    .addKeyValue(LogKey.OBJECT, write.object().name())
                    .addKeyValue(LogKey.OUTCOME, outcome)
                    .addKeyValue(LogKey.REASON, ApiFailure.text(e))
                    .log("a write did not come through");
        }
        calls.add(what, outcome.name().toLowerCase(Locale.ROOT));
        job.done().accept(write, outcome);
        return pause;
    }

    private void send(WriteCall call) {
        switch (call.how()) {
            case WriteCall.How.Merge(var dryRun) -> {
                var context = new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager(MANAGER);
                patch(call, dryRun ? context.withDryRun(List.of("All")).build() : context.build());
            }
            case WriteCall.How.Apply(var manager) ->
                patch(
                        call,
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .withForce(true)
                                .build());
            case WriteCall.How.Delete() -> {
                var object = call.object();
                client.raw(
                        "/apis/" + call.kind().apiVersion() + "/namespaces/" + object.namespace() + "/"
                                + call.kind().plural() + "/" + object.name(),
                        "DELETE",
                        call.body());
            }
        }
    }

    private void patch(WriteCall call, PatchContext context) {
        client.genericKubernetesResources(call.kind().context())
                .inNamespace(call.object().namespace())
                .resource(named(call))
                .patch(context, client.getKubernetesSerialization().asJson(call.body()));
    }

    /** Given along, so that the client does not read the object before it patches it. */
    private static GenericKubernetesResource named(WriteCall call) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(call.kind().apiVersion())
                .withKind(call.kind().kind())
                .withNewMetadata()
                .withName(call.object().name())
                .withNamespace(call.object().namespace())
                .endMetadata()
                .build();
    }

    /** Stops; writes that wait are not carried out, and nobody is told. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
