package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Annotates Instances of this node whose resource the kubelet does not offer: the agent's queue of device plugins backs off without
 * end, and any change of an Instance brings its turn. The agent makes one plugin a second by itself, which is waited for.
 */
final class Plugins {

    /** How long a resource may be missing while nothing else comes either. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long after the latest resource came the queue counts as busy. */
    static final Duration BUSY = Duration.ofSeconds(5);

    static final Duration GAP = Duration.ofSeconds(20);
    static final Duration MOST = Duration.ofMinutes(10);
    private static final String PREFIX = "akri.sh/";

    private final Clerk clerk;
    private final Since since = new Since();
    private final Map<String, Backoff> touched = new HashMap<>();
    private Set<String> offered = Set.of();
    private Instant cameAt = Instant.MIN;

    Plugins(Clerk clerk) {
        this.clerk = clerk;
    }

    void turn(Moment moment, Agenda agenda) {
        @Nullable NodeState node = moment.nodes().state(moment.self()).orElse(null);
        if (node != null && node.ready() && moment.cluster().reachable()) {
            if (!offered.containsAll(node.resources())) {
                cameAt = moment.now();
            }
            offered = node.resources();
            var missing = missing(moment, node);
            touched.keySet()
                    .retainAll(missing.stream().map(each -> each.ref().uid()).toList());
            missing.forEach(each -> touch(moment, each, agenda));
        }
        since.sweep();
    }

    private static List<InstanceState> missing(Moment moment, NodeState node) {
        var missing = new ArrayList<InstanceState>();
        for (var group : moment.groups()) {
            if (group.watches().stream().noneMatch(ServedWatch::listSent)) {
                continue;
            }
            for (var item : group.items()) {
                if (item.reported()) {
                    item.naming(moment.self()).stream()
                            .filter(instance -> instance.marked()
                                    && !node.resources().contains(resource(instance))
                                    && free(instance, moment.self()))
                            .forEach(missing::add);
                }
            }
        }
        return missing;
    }

    private static String resource(InstanceState instance) {
        return PREFIX + instance.ref().name();
    }

    /** Where others hold every slot the kubelet rightly has none to offer. */
    private static boolean free(InstanceState instance, String self) {
        long others = instance.deviceUsage().values().stream()
                .filter(usage -> !InstanceState.holder(usage).equals(self))
                .count();
        return others < Math.max(1, instance.capacity());
    }

    private void touch(Moment moment, InstanceState instance, Agenda agenda) {
        var uid = instance.ref().uid();
        var first = since.seen(uid, moment.now()).plus(PATIENCE);
        var quiet = cameAt.equals(Instant.MIN) ? first : cameAt.plus(BUSY);
        var due = touched.getOrDefault(uid, Backoff.first(first.isAfter(quiet) ? first : quiet, GAP));
        if (!due.isDue(moment.now())) {
            agenda.wake(due.due());
            return;
        }
        var write = new Action.TouchInstance(
                instance.ref(), "the kubelet of node " + moment.self() + " does not offer its resource");
        if (clerk.offer(write, moment.now(), agenda)) {
            touched.put(uid, due.tried(moment.now(), MOST));
        }
    }
}
