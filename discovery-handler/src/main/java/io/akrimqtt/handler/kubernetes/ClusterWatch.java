package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the cluster is, kept up to date: Instances, Configurations, nodes, and which nodes have a handler of ours that is ready.
 * Thread-safe. Changes are gathered for a moment and told as one.
 */
final class ClusterWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);

    private final KubernetesClient client;
    private final WatchTimes times;
    private final Kept<InstanceState> instances = new Kept<>(Kind.INSTANCE, Reading::instance);
    private final Kept<ConfigurationState> configurations;
    private final Kept<NodeState> nodes;
    private final Kept<Set<String>> endpoints = new Kept<>(Kind.ENDPOINT_SLICE, Reading::readyNodes);
    private final List<ListWatch> lists = new ArrayList<>();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Semaphore changes = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread teller = Thread.ofVirtual().name("cluster").unstarted(this::tell);
    private final Thread pulse = Thread.ofVirtual().name("cluster-pulse").unstarted(this::pulse);
    private volatile ClusterState state = ClusterState.UNSEEN;
    private volatile String away = "";

    private ClusterWatch(KubernetesClient client, Watched watched, WatchTimes times, RandomGenerator random) {
        this.client = client;
        this.times = times;
        this.configurations = new Kept<>(Kind.CONFIGURATION, each -> Reading.configuration(each, watched.handler()));
        this.nodes = new Kept<>(Kind.NODE, each -> Reading.node(each, watched.node()));
        var everywhere =
                client.genericKubernetesResources(Kind.INSTANCE.context()).inAnyNamespace();
        lists.add(new ListWatch(Kind.INSTANCE, everywhere, instances, times, random, changes::release));
        lists.add(new ListWatch(
                Kind.CONFIGURATION,
                client.genericKubernetesResources(Kind.CONFIGURATION.context()).inAnyNamespace(),
                configurations,
                times,
                random,
                changes::release));
        lists.add(new ListWatch(
                Kind.NODE,
                client.genericKubernetesResources(Kind.NODE.context()),
                nodes,
                times,
                random,
                changes::release));
        if (!watched.service().isEmpty()) {
            lists.add(new ListWatch(
                    Kind.ENDPOINT_SLICE,
                    client.genericKubernetesResources(Kind.ENDPOINT_SLICE.context())
                            .inNamespace(watched.namespace())
                            .withLabel("kubernetes.io/service-name", watched.service()),
                    endpoints,
                    times,
                    random,
                    changes::release));
        }
    }

    /**
     * What is watched.
     *
     * @param node our own node
     * @param handler what Configurations call us
     * @param namespace of our headless Service
     * @param service its name; empty for none: then only our own node is known to have a handler
     */
    record Watched(String node, String handler, String namespace, String service) {}

    /** Starts to watch; returns at once. */
    static ClusterWatch start(KubernetesClient client, Watched watched, WatchTimes times, RandomGenerator random) {
        var watch = new ClusterWatch(client, watched, times, random);
        watch.lists.forEach(ListWatch::start);
        watch.teller.start();
        watch.pulse.start();
        return watch;
    }

    /** What is known now; never blocks. */
    ClusterState current() {
        return state;
    }

    /** Calls the listener after changes. It must not block. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Why the API server does not tell, or not all; empty where it does. */
    Optional<String> problem() {
        if (!away.isEmpty()) {
            return Optional.of(away);
        }
        return lists.stream()
                .map(ListWatch::problem)
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private void tell() {
        try {
            while (closed.getCount() > 0) {
                changes.acquire();
                if (closed.await(times.coalesce().toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                changes.drainPermits();
                state = snapshot();
                listeners.forEach(Runnable::run);
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private ClusterState snapshot() {
        boolean reachable = away.isEmpty() && lists.stream().allMatch(ListWatch::synced);
        Set<String> handlers = new HashSet<>();
        endpoints.values().forEach(handlers::addAll);
        return new ClusterState(
                reachable,
                instances.values(),
                configurations.values(),
                nodes.values().stream()
                        .map(each -> new NodeState(
                                each.name(),
                                each.ready(),
                                handlers.contains(each.name()),
                                each.resources(),
                                each.cordoned()))
                        .toList());
    }

    /** A connection that died silently is found by asking: a watch says nothing for minutes even when all is well. */
    private void pulse() {
        try {
            while (!closed.await(times.pulse().toNanos(), TimeUnit.NANOSECONDS)) {
                ask();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    private void ask() {
        var before = away;
        try {
            client.genericKubernetesResources(Kind.CONFIGURATION.context())
                    .inAnyNamespace()
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            away = "";
        } catch (RuntimeException e) {
            away = ApiFailure.text(e);
        }
        if (away.isEmpty() == before.isEmpty()) {
            return;
        }
        if (away.isEmpty()) {
            LOG.atInfo().log("the kubernetes api server answers again");
        } else {
            LOG.atWarn().addKeyValue(LogKey.REASON, away).log("the kubernetes api server does not answer");
            lists.forEach(ListWatch::restart);
        }
        changes.release();
    }

    /** Stops. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        lists.forEach(ListWatch::close);
        teller.interrupt();
        pulse.interrupt();
    }
}
