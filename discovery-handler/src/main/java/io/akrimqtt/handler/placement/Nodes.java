package io.akrimqtt.handler.placement;

import io.akrimqtt.handler.cluster.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The nodes as they were seen, and since when handlers are away. Confined to one thread; time is an argument. While the API server
 * is away nothing is observed, so that nobody is given up for what cannot be seen.
 */
public final class Nodes {

    /** How long devices without an Instance wait for handlers that are starting, too. */
    static final Duration SETTLE = Duration.ofSeconds(3);

    /** After how long without a handler in sight this one counts as the only one. */
    static final Duration ALONE = Duration.ofSeconds(10);

    private final String self;
    private final Duration takeover;
    private final Map<String, Instant> away = new HashMap<>();
    private Map<String, NodeState> states = Map.of();
    private Set<String> live = Set.of();
    private Set<String> open = Set.of();
    private @Nullable Instant liveSince;
    private Instant now = Instant.MIN;

    /**
     * Nothing seen yet.
     *
     * @param self the node of this process, which never is away for itself
     * @param takeover for how long a handler may be away from a node that is Ready
     */
    public Nodes(String self, Duration takeover) {
        this.self = self;
        this.takeover = takeover;
    }

    /** Takes a complete list. */
    public void observe(Instant at, List<NodeState> complete) {
        now = at;
        var next = new HashMap<String, NodeState>();
        complete.forEach(node -> next.put(node.name(), node));
        states = next;
        away.keySet().removeIf(node -> !away(next.get(node)));
        next.values().stream().filter(Nodes::away).forEach(node -> away.putIfAbsent(node.name(), at));
        var handlers = new TreeSet<String>();
        next.values().stream()
                .filter(node -> node.ready() && node.handler())
                .map(NodeState::name)
                .forEach(handlers::add);
        if (liveSince == null || !handlers.equals(live)) {
            liveSince = at;
        }
        live = handlers;
        open = handlers.stream()
                .filter(node -> !cordoned(next.get(node)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean cordoned(@Nullable NodeState node) {
        return node != null && node.cordoned();
    }

    private static boolean away(@Nullable NodeState node) {
        return node != null && node.ready() && !node.handler();
    }

    /**
     * Whether a node will not do its part any more: absent, not Ready, or Ready without a handler for too long. Nobody is lost while
     * the list does not even show this node.
     */
    public boolean lost(String node) {
        if (!states.containsKey(self)) {
            return false;
        }
        @Nullable NodeState state = states.get(node);
        if (state == null || !state.ready()) {
            return true;
        }
        @Nullable Instant since = away.get(node);
        return !node.equals(self) && since != null && !now.isBefore(since.plus(takeover));
    }

    /** Nodes that are Ready and have a handler, in the order of their names; this one alone where none was seen for a while. */
    public Set<String> live() {
        return live.isEmpty() && over(ALONE) ? Set.of(self) : live;
    }

    /** Of these the ones that take new pods, and so new devices; all of them where none does. */
    public Set<String> open() {
        return open.isEmpty() ? live() : open;
    }

    /** Whether new devices may be placed: every Ready node has its handler, or those that have one have been the same for a while. */
    public boolean settled() {
        boolean all = !live.isEmpty()
                && states.values().stream().filter(NodeState::ready).allMatch(NodeState::handler);
        return all || over(live.isEmpty() ? ALONE : SETTLE);
    }

    private boolean over(Duration wait) {
        return liveSince != null && !now.isBefore(liveSince.plus(wait));
    }

    /** The place of this node among those who would do a job that one of them is to do, from 0. */
    public int rank(String job) {
        int place = Rendezvous.order(job, live()).indexOf(self);
        return place < 0 ? live().size() : place;
    }

    /** One node as it was seen. */
    public Optional<NodeState> state(String node) {
        return Optional.ofNullable(states.get(node));
    }

    /** When something here changes by time alone, if it does. */
    public Optional<Instant> wakeAt() {
        var moments = new TreeSet<Instant>();
        away.values().forEach(since -> moments.add(since.plus(takeover)));
        if (liveSince != null) {
            moments.add(liveSince.plus(SETTLE));
            moments.add(liveSince.plus(ALONE));
        }
        return Optional.ofNullable(moments.higher(now));
    }
}
