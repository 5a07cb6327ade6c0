package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.cluster.NodeState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** One caretaker, on node-a, and what it is shown. Everything is calm: what a test is about it changes. */
final class Scene {

    static final Instant START = Instant.parse("2026-11-21T08:00:00Z");
    static final String DETAILS = "serverUrls: [mqtt://mosquitto:1883]\ntopics: [lamps/+]\n";
    static final String EDITED = "serverUrls: [mqtt://mosquitto:1883]\ntopics: [lights/+]\n";

    final Map<String, NodeState> nodes = new LinkedHashMap<>();
    final List<Lamp> lamps = new ArrayList<>();
    final Set<String> withoutResource = new HashSet<>();
    final Map<String, ConfigurationState> configurations = new LinkedHashMap<>();
    final Map<String, ServedWatch> watches = new LinkedHashMap<>();
    final Map<String, ServedDevice> devices = new LinkedHashMap<>();
    final Caretaker caretaker;
    Instant now = START;
    boolean reachable = true;
    boolean writes = true;
    Optional<Instant> registered = Optional.of(START.minusSeconds(3600));
    Turn turn = new Turn(List.of(), false, Map.of(), Map.of(), Set.of(), List.of(), START);
    final Map<String, Long> all = new LinkedHashMap<>();

    Scene() {
        this(CaretakerRules.DEFAULT);
    }

    Scene(CaretakerRules rules) {
        caretaker = new Caretaker(rules);
        node("node-a", true, true);
        node("node-b", true, true);
        configuration("mqtt", DETAILS, 1);
        watch("watch", DETAILS, 1);
    }

    static Scene everyNode() {
        return new Scene(CaretakerRules.DEFAULT.with(io.akrimqtt.handler.placement.Placement.EVERY_NODE));
    }

    static Map<String, String> properties(String device) {
        return Map.of(
                "MQTT_REPORTED_BY",
                "akri-mqtt",
                "MQTT_DEVICE_ID",
                device,
                "MQTT_DEVICE_NAME",
                device.substring(device.lastIndexOf('/') + 1));
    }

    static DiscoveryDetails details(String text) {
        return switch (DetailsParser.parse("details", text)) {
            case DetailsResult.Checked(var details) -> details;
            case DetailsResult.Refused(var problems) -> throw new AssertionError(problems);
        };
    }

    void node(String name, boolean ready, boolean handler) {
        nodes.put(name, new NodeState(name, ready, handler, Set.of()));
    }

    /** It takes no new pods; its handler lives. */
    void cordoned(String name) {
        nodes.put(name, new NodeState(name, true, true, Set.of(), true));
    }

    void configuration(String name, String details, long generation) {
        configuration(name, details, generation, Map.of(), 1);
    }

    void configuration(String name, String details, long generation, Map<String, String> properties, int capacity) {
        configurations.put(
                name,
                new ConfigurationState(
                        new ObjectRef("plant", name, "uid-" + name, "" + generation),
                        generation,
                        "mqtt",
                        details,
                        properties,
                        capacity,
                        Map.of(),
                        false));
    }

    void touched(String name, Instant at) {
        var old = Objects.requireNonNull(configurations.get(name), name);
        configurations.put(
                name,
                new ConfigurationState(
                        new ObjectRef("plant", name, "uid-" + name, old.ref().resourceVersion() + "+"),
                        old.generation(),
                        old.handler(),
                        old.details(),
                        old.brokerProperties(),
                        old.capacity(),
                        Map.of(ConfigurationState.TOUCHED, at.toString()),
                        old.terminating()));
    }

    void watch(String name, String details, int streams) {
        watch(name, details, streams, START.minusSeconds(3600), true, false, Troubles.NONE);
    }

    void watch(
            String name,
            String details,
            int streams,
            Instant since,
            boolean listSent,
            boolean refused,
            Troubles troubles) {
        var from = streams > 0 ? Optional.of(since) : Optional.<Instant>empty();
        watches.put(
                name,
                new ServedWatch(name, details(details), streams, from, from, listSent, refused, troubles, List.of()));
    }

    void device(String id, boolean listed, boolean reported) {
        device(id, id, listed, reported, properties(id));
    }

    void device(String id, String reportedId, boolean listed, boolean reported, Map<String, String> properties) {
        devices.put(id, new ServedDevice(id, reportedId, InstanceHash.of(reportedId), properties, listed, reported));
    }

    /** A device with an Instance of the Configuration mqtt. */
    Lamp lamp(String id, boolean listed, boolean reported, String... on) {
        device(id, listed, reported);
        return instance(id, on);
    }

    Lamp instance(String id, String... on) {
        var lamp = new Lamp("mqtt", id, on);
        lamps.add(lamp);
        return lamp;
    }

    List<Action> turn() {
        var served = new ServedState(
                "node-a",
                "mqtt",
                registered,
                writes,
                watches.values().stream()
                        .map(watch -> new ServedWatch(
                                watch.name(),
                                watch.details(),
                                watch.streams(),
                                watch.streamsSince(),
                                watch.openedAt(),
                                watch.listSent(),
                                watch.credentialsRefused(),
                                watch.troubles(),
                                watch.devices().isEmpty() ? List.copyOf(devices.values()) : watch.devices()))
                        .toList());
        turn = caretaker.turn(now, served, cluster());
        turn.actions().forEach(each -> all.merge(each.getClass().getSimpleName(), 1L, Long::sum));
        return turn.actions();
    }

    ClusterState cluster() {
        var resources = new HashSet<String>();
        lamps.stream()
                .map(Lamp::name)
                .filter(name -> !withoutResource.contains(name))
                .forEach(name -> resources.add("akri.sh/" + name));
        return new ClusterState(
                reachable,
                lamps.stream().map(Lamp::state).toList(),
                List.copyOf(configurations.values()),
                nodes.values().stream()
                        .map(node -> node.name().equals("node-a")
                                ? new NodeState(node.name(), node.ready(), node.handler(), resources, node.cordoned())
                                : node)
                        .toList());
    }

    <T extends Action> List<T> turn(Class<T> kind) {
        return turn().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Turns every quarter of a second for a while and gathers actions of one kind; writes are not answered. */
    <T extends Action> List<T> during(Duration time, Class<T> kind) {
        var found = new ArrayList<T>();
        var end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plusMillis(250);
            found.addAll(turn(kind));
        }
        return found;
    }

    Scene later(Duration time) {
        now = now.plus(time);
        return this;
    }

    Scene later(long seconds) {
        return later(Duration.ofSeconds(seconds));
    }

    void answer(Action.Write write, Outcome outcome) {
        caretaker.outcome(write, outcome, now);
    }

    /** One turn in which the guard is tried, and its answer. */
    Scene guard(Outcome outcome) {
        var calm = turn(Action.ProbeGuard.class);
        calm.forEach(probe -> answer(probe, outcome));
        if (calm.isEmpty()) {
            throw new AssertionError("no Instance to try the guard on");
        }
        return this;
    }

    /** A calm lamp on node-a, so that there is something to try the guard on. */
    Scene guarded(Outcome outcome) {
        lamp("lamps/calm", true, true, "node-a");
        return guard(outcome);
    }

    boolean owns(String device) {
        return turn.owned().getOrDefault("watch", Set.of()).contains(device);
    }

    boolean mayDrop(String device) {
        return turn.droppable().getOrDefault("watch", Set.of()).contains(device);
    }
}
