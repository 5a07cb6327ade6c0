package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Caretaker;
import io.akrimqtt.handler.caretaker.CaretakerRules;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.akrimqtt.handler.kubernetes.KubernetesSettings.Access;
import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.handler.placement.Relocation;
import io.akrimqtt.handler.report.Reporting;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handler's part in Kubernetes: it watches the cluster, and its caretaker looks after what we report. Thread-safe. */
public final class Kubernetes implements Relocation, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Kubernetes.class);

    private final KubernetesClient client;
    private final ClusterWatch watch;
    private final ClusterWriter writer;
    private final Events events;
    private final CaretakerLoop loop;
    private final Tally calls;
    private final Who who;
    private final Placement placement;
    private final BooleanSupplier writes;

    /**
     * Who we are.
     *
     * @param node our node's name in Kubernetes
     * @param handler what Configurations call us
     */
    public record Who(String node, String handler) {}

    /**
     * The clocks.
     *
     * @param steady the one that reporting was started with
     * @param wall the wall's, for what others read
     */
    public record Clocks(InstantSource steady, InstantSource wall) {}

    /**
     * What other rooms tell.
     *
     * @param registeredAt when the agent that lives now took our registration
     * @param writes whether this process is the one of its node that writes
     */
    public record Tie(Supplier<Optional<Instant>> registeredAt, BooleanSupplier writes) {}

    private Kubernetes(
            KubernetesClient client,
            KubernetesSettings settings,
            Who who,
            Reporting reporting,
            Tie tie,
            Clocks clocks,
            WatchTimes times,
            RandomGenerator random) {
        this.client = client;
        this.who = who;
        this.placement = settings.placement();
        this.writes = tie.writes();
        this.calls = new Tally();
        this.watch = ClusterWatch.start(
                client,
                new ClusterWatch.Watched(who.node(), who.handler(), settings.namespace(), settings.service()),
                times,
                random);
        this.writer = ClusterWriter.start(client, this::instance, tie.writes(), clocks.wall(), calls);
        this.events = Events.start(client, who.node(), this::kind, clocks.wall(), calls);
        var rules = CaretakerRules.DEFAULT.with(settings.placement()).withTakeover(settings.takeover());
        this.loop = CaretakerLoop.start(
                Decisions.of(new Caretaker(rules)),
                () -> Served.state(
                        who.node(),
                        who.handler(),
                        tie.registeredAt().get(),
                        tie.writes().getAsBoolean(),
                        reporting.views()),
                watch::current,
                Hands.of(writer, events, reporting),
                settings.placement() == Placement.EVERY_NODE,
                clocks.steady());
        watch.onChange(loop::wake);
        var _ = reporting.onChange(loop::wake);
    }

    /**
     * Starts all of it; null where there is no Kubernetes at hand, which is said here.
     */
    public static @Nullable Kubernetes start(
            KubernetesSettings settings, Who who, Reporting reporting, Tie tie, Clocks clocks, RandomGenerator random) {
        if (!settings.notice().isEmpty()) {
            LOG.atWarn().addKeyValue(LogKey.REASON, settings.notice()).log("placement is not as it could be");
        }
        if (settings.access() instanceof Access.None) {
            return null;
        }
        return start(
                ClientFactory.create(settings.access()),
                settings,
                who,
                reporting,
                tie,
                clocks,
                WatchTimes.DEFAULT,
                random);
    }

    static Kubernetes start(
            KubernetesClient client,
            KubernetesSettings settings,
            Who who,
            Reporting reporting,
            Tie tie,
            Clocks clocks,
            WatchTimes times,
            RandomGenerator random) {
        LOG.atInfo()
                .addKeyValue("server", client.getMasterUrl())
                .addKeyValue("node", who.node())
                .addKeyValue("placement", settings.placement())
                .log("kubernetes is watched");
        return new Kubernetes(client, settings, who, reporting, tie, clocks, times, random);
    }

    private Optional<InstanceState> instance(String uid) {
        return watch.current().instances().stream()
                .filter(each -> each.ref().uid().equals(uid))
                .findAny();
    }

    private Kind kind(ObjectRef object) {
        boolean instance = watch.current().instances().stream()
                .anyMatch(each -> each.ref().uid().equals(object.uid()));
        return instance ? Kind.INSTANCE : Kind.CONFIGURATION;
    }

    @Override
    public String node() {
        return who.node();
    }

    @Override
    public Optional<String> refusal() {
        if (placement == Placement.EVERY_NODE) {
            return Optional.of("every node reports every device here: there is nothing to move (AKRI_MQTT_PLACEMENT)");
        }
        if (!writes.getAsBoolean()) {
            return Optional.of("another handler of node " + who.node() + " acts in place of this one");
        }
        return watch.current().reachable()
                ? Optional.empty()
                : Optional.of("Kubernetes does not tell all: " + watch.problem().orElse("it was not asked yet"));
    }

    @Override
    public void move(String device) {
        loop.move(device);
    }

    @Override
    public void stay(String device) {
        loop.stay(device);
    }

    /** What is known of the cluster now. */
    @Override
    public ClusterState cluster() {
        return watch.current();
    }

    /** How many Configurations ask for this handler; empty while the cluster does not tell all. */
    public OptionalInt configurations() {
        var cluster = watch.current();
        return cluster.reachable()
                ? OptionalInt.of((int) cluster.configurations().stream()
                        .filter(each -> each.handler().equals(who.handler()) && !each.terminating())
                        .count())
                : OptionalInt.empty();
    }

    /** By verb and resource, and what came of it. */
    public Tally calls() {
        return calls;
    }

    /** By kind of action, and what came of it. */
    public Tally actions() {
        return loop.actions();
    }

    /** How many writes wait for their turn. */
    public int waiting() {
        return writer.waiting();
    }

    /** What is known of the guard. */
    public Guard guard() {
        return loop.guard();
    }

    /** What is wrong, one sentence each; none of it makes the handler less ready. */
    public List<String> problems() {
        var problems = new ArrayList<String>();
        if (!watch.current().reachable()) {
            problems.add("Kubernetes does not tell all, what is reported stays until it does: "
                    + watch.problem().orElse("it was not asked yet"));
        }
        if (loop.guard() == Guard.MISSING) {
            problems.add("the guard is not in force for node " + who.node()
                    + ": a restart of Akri's agent or of this handler can delete Instances");
        }
        return problems;
    }

    /** Stops all of it; what waits is not written. Idempotent. */
    @Override
    public void close() {
        loop.close();
        writer.close();
        events.close();
        watch.close();
        client.close();
    }
}
