package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.NodeState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.akrimqtt.handler.placement.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * A toy cluster: an API server with the guard, Akri's controller, and nodes with an agent and a handler each. A tick is half a
 * second. It checks at each change that no living device loses its Instance.
 */
final class Town {

    static final Duration TICK = Duration.ofMillis(500);

    /** A device that has lived for so many ticks must not lose its Instance. */
    static final int LIVING = 20;

    final RandomGenerator random;
    final Placement placement;
    final boolean guard;
    final Map<String, Thing> things = new TreeMap<>();
    final Map<String, TownNode> nodes = new TreeMap<>();
    final Map<String, Integer> aliveSince = new TreeMap<>();
    final List<String> wrongs = new ArrayList<>();
    /** Devices that somebody moves: their Instances go. */
    final Set<String> moving = new HashSet<>();

    ConfigurationState configuration = configuration(Scene.DETAILS, 1, "");
    int tick;
    int actions;
    boolean conflicts;
    private int uids;

    Town(RandomGenerator random, Placement placement, boolean guard, int size) {
        this.random = random;
        this.placement = placement;
        this.guard = guard;
        for (int i = 0; i < size; i++) {
            var node = new TownNode("node-" + "abcdefg".charAt(i), this);
            nodes.put(node.name, node);
        }
    }

    private static ConfigurationState configuration(String details, int version, String touched) {
        return new ConfigurationState(
                new ObjectRef("plant", "mqtt", "uid-mqtt", "" + version),
                1,
                "mqtt",
                details,
                Map.of(),
                1,
                touched.isEmpty() ? Map.of() : Map.of(ConfigurationState.TOUCHED, touched),
                false);
    }

    Instant now() {
        return Scene.START.plus(TICK.multipliedBy(tick));
    }

    TownNode node(String name) {
        return Objects.requireNonNull(nodes.get(name), name);
    }

    boolean living(String device) {
        return !moving.contains(device) && aliveSince.containsKey(device) && tick - aliveSince.get(device) >= LIVING;
    }

    void tick() {
        tick++;
        nodes.values().forEach(TownNode::agent);
        controller();
        things.values().removeIf(thing -> thing.terminating && thing.finalizers.isEmpty());
        nodes.values().forEach(TownNode::handler);
    }

    ClusterState cluster(TownNode viewer) {
        var resources = new HashSet<String>();
        things.values().forEach(thing -> resources.add("akri.sh/" + thing.name()));
        return new ClusterState(
                true,
                things.values().stream().map(Thing::state).toList(),
                List.of(configuration),
                nodes.values().stream()
                        .map(node -> new NodeState(
                                node.name, node.up, node.up && node.handlerUp, node == viewer ? resources : Set.of()))
                        .toList());
    }

    /** Akri's controller blanks what names a node that is not Ready. */
    private void controller() {
        for (var thing : things.values()) {
            var before = thing.state();
            thing.nodes.removeIf(node -> !node(node).up);
            thing.usage.replaceAll((_, node) -> node.isEmpty() || !node(node).up ? "" : node);
            if (!before.equals(thing.state())) {
                thing.changed();
            }
        }
    }

    Thing create(String device) {
        var thing = new Thing(device, "uid-" + uids++);
        things.put(device, thing);
        return thing;
    }

    /** What the guard says to an agent. */
    boolean mayLeave(Thing thing, String node, boolean delete) {
        return !guard
                || thing.terminating
                || (delete ? thing.released.containsAll(thing.nodes) : thing.released.contains(node));
    }

    void delete(Thing thing, String who) {
        if (guard && living(thing.device)) {
            wrongs.add("tick " + tick + ": " + who + " deletes the Instance of the living " + thing.device + " "
                    + thing.state());
        }
        thing.terminating = true;
        thing.changed();
    }

    Outcome apply(String who, Write write) {
        actions++;
        if (write instanceof Action.TouchConfiguration) {
            configuration = configuration(Scene.DETAILS, tick + 10, now().toString());
            nodes.values().forEach(TownNode::woken);
            return Outcome.DONE;
        }
        var thing = things.values().stream()
                .filter(each -> each.uid.equals(write.object().uid()))
                .findFirst()
                .orElse(null);
        if (thing == null || (conflicts && random.nextInt(4) == 0)) {
            return Outcome.CONFLICT;
        }
        if (write instanceof Action.ProbeGuard) {
            return guard ? Outcome.REFUSED : Outcome.DONE;
        }
        boolean conditional = write instanceof Action.HandSlotOver
                || write instanceof Action.DeleteInstance
                || write instanceof Action.TakeFinalizersOff
                || write instanceof Action.TakeNodesOff;
        if (conditional && !write.object().resourceVersion().equals("" + thing.version)) {
            return Outcome.CONFLICT;
        }
        change(who, write, thing);
        thing.changed();
        return Outcome.DONE;
    }

    private void change(String who, Write write, Thing thing) {
        switch (write) {
            case Action.Release release -> {
                released(thing, release.node());
                thing.released.add(release.node());
            }
            case Action.TakeReleaseOff off -> thing.released.remove(off.node());
            case Action.HandSlotOver over -> {
                thing.usage.putAll(over.usage());
                thing.managers.put("dp-" + over.node(), over.usage().keySet());
            }
            case Action.DeleteInstance _ -> delete(thing, who);
            case Action.TakeFinalizersOff off -> thing.finalizers.removeAll(off.finalizers());
            case Action.TakeNodesOff off -> thing.nodes.removeAll(off.nodes());
            case Action.LabelDevice _ -> thing.labelled = true;
            case Action.TouchInstance _, Action.Correct _ -> wrongs.add("tick " + tick + ": " + write);
            case Action.TouchConfiguration _, Action.ProbeGuard _ -> throw new AssertionError(write);
        }
    }

    private void released(Thing thing, String node) {
        boolean another = thing.nodes.stream().anyMatch(each -> !each.equals(node) && node(each).up);
        if (living(thing.device) && !another) {
            wrongs.add("tick " + tick + ": " + node + " releases the living " + thing.device + " " + thing.state());
        }
    }
}
