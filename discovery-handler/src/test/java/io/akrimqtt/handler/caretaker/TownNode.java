package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.placement.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A node with Akri's agent and our handler. The handler sees the API server late, and learns late what became of its writes. */
final class TownNode {

    static final CaretakerRules RULES =
            new CaretakerRules(Placement.ONE_NODE, Duration.ofMinutes(1), true, Duration.ofMinutes(5), 20);

    private static final DiscoveryDetails DETAILS = Scene.details(Scene.DETAILS);

    final String name;
    private final Town town;
    boolean up = true;
    boolean handlerUp = true;
    boolean apiAway;
    int lag;
    final Set<String> reported = new TreeSet<>();
    private Caretaker caretaker;
    private final Deque<ClusterState> seen = new ArrayDeque<>();
    private final List<Answer> answers = new ArrayList<>();
    private ClusterState latest = ClusterState.UNSEEN;
    private Instant streamsSince = Instant.MIN;
    private boolean stream;
    private boolean listSent;
    private Instant asked = Instant.MIN;

    private final Set<String> list = new TreeSet<>();
    private boolean dirty;
    private int backoff = 1;
    private int retryAt;
    private boolean refused;

    private record Answer(Write write, Outcome outcome, int at) {}

    TownNode(String name, Town town) {
        this.name = name;
        this.town = town;
        this.caretaker = new Caretaker(RULES.with(town.placement));
        this.retryAt = 1;
    }

    void crash() {
        handlerUp = false;
        stream = false;
        listSent = false;
        reported.clear();
        list.clear();
        caretaker = new Caretaker(RULES.with(town.placement));
        seen.clear();
        answers.clear();
        latest = ClusterState.UNSEEN;
        asked = Instant.MIN;
        backoff = 1;
        retryAt = town.tick + backoff;
    }

    /** Somebody wants a device to leave. */
    void move(String device) {
        town.moving.add(device);
        caretaker.move(device, town.now());
    }

    /** Somebody wants it no more. */
    void stay(String device) {
        caretaker.stay(device);
    }

    /** The node goes down; its agent forgets all. */
    void down() {
        up = false;
        crash();
    }

    void back() {
        up = true;
        handlerUp = true;
        backoff = 1;
        retryAt = town.tick + 1;
    }

    void woken() {
        retryAt = Math.min(retryAt, town.tick + 1);
        dirty = true;
    }

    void agent() {
        if (!up) {
            return;
        }
        for (var thing : town.things.values()) {
            if (thing.terminating && thing.finalizers.remove(name)) {
                thing.changed();
            }
        }
        if (!stream && town.tick >= retryAt) {
            if (handlerUp) {
                stream = true;
                streamsSince = town.now();
                asked = town.now();
                dirty = true;
                backoff = 1;
            } else {
                backoff *= 2;
                retryAt = town.tick + backoff;
            }
        }
        if (stream && (dirty || (retryAt > 0 && town.tick >= retryAt && refused))) {
            dirty = false;
            reconcile();
        }
        claim();
    }

    private void reconcile() {
        refused = false;
        for (var thing : town.things.values()) {
            if (thing.nodes.contains(name) && !list.contains(thing.device) && !thing.terminating) {
                boolean delete = thing.nodes.size() == 1;
                if (!town.mayLeave(thing, name, delete)) {
                    refused = true;
                    backoff = Math.min(64, backoff * 2);
                    retryAt = town.tick + backoff;
                    return;
                }
                if (delete) {
                    town.delete(thing, name);
                } else {
                    thing.nodes.remove(name);
                    thing.changed();
                }
            }
        }
        backoff = 1;
        for (var device : list) {
            var thing = town.things.get(device);
            if (thing == null) {
                thing = town.create(device);
            }
            if (!thing.terminating && thing.nodes.add(name)) {
                thing.finalizers.add(name);
                thing.changed();
            }
        }
    }

    private void claim() {
        for (var thing : town.things.values()) {
            if (!thing.terminating && thing.nodes.contains(name) && !thing.usage.containsKey(thing.slot())) {
                thing.usage.put(thing.slot(), name);
                thing.managers.put("dp-" + name, Set.of(thing.slot()));
                thing.changed();
            }
        }
    }

    void handler() {
        if (!up || !handlerUp) {
            return;
        }
        answers.removeIf(answer -> {
            boolean due = answer.at() <= town.tick;
            if (due) {
                caretaker.outcome(answer.write(), answer.outcome(), town.now());
            }
            return due;
        });
        var turn = caretaker.turn(town.now(), served(), view());
        boolean again = false;
        for (var action : turn.actions()) {
            switch (action) {
                case Write write -> write(write);
                case Action.SendAgain _ -> {
                    again = true;
                    town.actions++;
                }
                case Action.EndStreams _, Action.Adopt _ -> town.actions++;
                case Action.Tell _ -> {}
            }
        }
        report(turn, again);
    }

    private void write(Write write) {
        var outcome = apiAway ? Outcome.UNREACHABLE : town.apply(name, write);
        answers.add(new Answer(write, outcome, town.tick + town.random.nextInt(3)));
    }

    private void report(Turn turn, boolean again) {
        if (stream && !listSent && turn.hold().contains("watch") && town.now().isBefore(asked.plusSeconds(1))) {
            return;
        }
        var owned = turn.owned().getOrDefault("watch", Set.of());
        var droppable = turn.droppable().getOrDefault("watch", Set.of());
        var next = new TreeSet<String>();
        listed().stream().filter(owned::contains).forEach(next::add);
        reported.stream().filter(device -> !droppable.contains(device)).forEach(next::add);
        boolean changed = !next.equals(reported);
        reported.clear();
        reported.addAll(next);
        if (stream && (changed || again || !listSent)) {
            listSent = true;
            list.clear();
            list.addAll(next);
            dirty = true;
        }
    }

    /** All handlers see all devices. */
    private Set<String> listed() {
        return town.aliveSince.keySet();
    }

    private ServedState served() {
        var devices = new TreeSet<>(listed());
        devices.addAll(reported);
        var served = devices.stream()
                .map(device -> new ServedDevice(
                        device,
                        device,
                        InstanceHash.of(device),
                        Scene.properties(device),
                        listed().contains(device),
                        reported.contains(device)))
                .toList();
        var since = stream ? Optional.of(streamsSince) : Optional.<Instant>empty();
        var watch = new ServedWatch("watch", DETAILS, stream ? 1 : 0, since, since, stream && listSent, false, served);
        return new ServedState(name, "mqtt", Optional.of(Scene.START), List.of(watch));
    }

    private ClusterState view() {
        if (apiAway) {
            seen.clear();
            return new ClusterState(false, latest.instances(), latest.configurations(), latest.nodes());
        }
        seen.addLast(town.cluster(this));
        while (seen.size() > 1 + lag) {
            latest = seen.removeFirst();
        }
        if (lag == 0 || latest.equals(ClusterState.UNSEEN)) {
            latest = seen.getFirst();
        }
        return latest;
    }
}
