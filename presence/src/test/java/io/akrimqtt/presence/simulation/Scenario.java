package io.akrimqtt.presence.simulation;

import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.PresenceRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * Tells a story to the simulation, verb by verb. Devices are called by their short name: {@code r7} is {@code robots/r7}. Times
 * are like {@code 90 s}, {@code 5 m}, {@code 1 h}.
 */
final class Scenario {

    private final String name;
    private final Simulation simulation;
    private final Timeline timeline;
    private final Map<String, MqttServer> servers = new LinkedHashMap<>();
    private final Map<String, SimulatedDevice> devices = new LinkedHashMap<>();
    private final Map<String, String> unknowable = new LinkedHashMap<>();
    private PresenceRules rules = PresenceRules.DEFAULT;
    private Duration audit = Duration.ZERO;
    private Tracker tracker;

    private Scenario(String name, long seed) {
        this.name = name;
        this.simulation = new Simulation(seed);
        this.timeline = new Timeline(simulation);
        this.tracker = new Tracker(rules, audit, List.of(), simulation, timeline);
    }

    static Scenario of(String name) {
        return of(name, 1);
    }

    static Scenario of(String name, long seed) {
        return new Scenario(name, seed);
    }

    Scenario rules(UnaryOperator<PresenceRules> change) {
        rules = change.apply(rules);
        return this;
    }

    Scenario auditEach(String time) {
        audit = time(time);
        return this;
    }

    /** A server that keeps nothing on its disk. */
    Scenario server(String server) {
        servers.put(server, new MqttServer(server, false, simulation, timeline));
        return this;
    }

    Scenario persistentServer(String server) {
        servers.put(server, new MqttServer(server, true, simulation, timeline));
        return this;
    }

    /** Something that lies on a server since ever. */
    Scenario retained(String server, String topic, String payload) {
        server(server, each -> each.publish(new Packet(topic, payload, 1, true)));
        timeline.world(server, "retains %s = %s since ever".formatted(topic, payload));
        return this;
    }

    /** A device that is not there yet. */
    Scenario device(String device, String server, Habits habits) {
        devices.put(device, new SimulatedDevice("robots/" + device, device, habits, find(servers, server), simulation));
        return this;
    }

    /** A second process that takes itself for a device that there is, with the same client id. */
    Scenario twin(String twin, String device, String server, Habits habits) {
        devices.put(twin, new SimulatedDevice("robots/" + device, device, habits, find(servers, server), simulation));
        return this;
    }

    /** Many devices, all alive. */
    Scenario fleet(String prefix, int count, String server, Habits habits) {
        for (int i = 0; i < count; i++) {
            var device = "%s%03d".formatted(prefix, i);
            device(device, server, habits);
            find(devices, device).start();
        }
        timeline.world("world", "%d devices start, %s000 and so on".formatted(count, prefix));
        return this;
    }

    /** From here on somebody watches. One server may be named twice: that is two URLs of one server. */
    Scenario watched(String... by) {
        var watched = new ArrayList<MqttServer>();
        for (var server : by) {
            watched.add(find(servers, server));
        }
        tracker = new Tracker(rules, audit, watched, simulation, timeline);
        tracker.start();
        return this;
    }

    Scenario after(String time) {
        simulation.run(time(time));
        return this;
    }

    Scenario starts(String... names) {
        return each(names, "starts", device -> {
            device.cable.mend();
            device.start();
        });
    }

    /** Its process is killed. */
    Scenario dies(String... names) {
        return each(names, "dies", SimulatedDevice::die);
    }

    Scenario losesPower(String... names) {
        return each(names, "loses its power", SimulatedDevice::vanish);
    }

    /** It lives on but cannot be reached; its server learns it at once. */
    Scenario isCutOff(String... names) {
        return each(names, "is cut off", device -> device.cable.cut());
    }

    Scenario isReconnected(String... names) {
        return each(names, "has its network back", device -> device.cable.mend());
    }

    Scenario leaves(String... names) {
        return each(names, "leaves", SimulatedDevice::leave);
    }

    Scenario sleeps(String... names) {
        return each(names, "goes to sleep", SimulatedDevice::sleep);
    }

    /** As {@link #sleeps}, but without the will. */
    Scenario dozes(String... names) {
        return each(names, "goes to sleep, cleanly", SimulatedDevice::doze);
    }

    Scenario isTakenBack(String... names) {
        return each(names, "is taken out of service", SimulatedDevice::takeBack);
    }

    private Scenario each(String[] names, String what, Consumer<SimulatedDevice> action) {
        for (var device : names) {
            timeline.world(device, what);
            action.accept(find(devices, device));
        }
        return this;
    }

    Scenario serverIsKilled(String server) {
        timeline.world(server, "is killed (SIGKILL)");
        return server(server, MqttServer::kill);
    }

    Scenario serverStops(String server) {
        timeline.world(server, "shuts down (SIGTERM)");
        return server(server, MqttServer::stop);
    }

    Scenario serverStarts(String server) {
        timeline.world(server, "starts again");
        return server(server, MqttServer::start);
    }

    /** It writes to its disk what a killed server finds again. */
    Scenario serverSaves(String server) {
        timeline.world(server, "saves what it retains");
        return server(server, MqttServer::save);
    }

    private Scenario server(String server, Consumer<MqttServer> action) {
        action.accept(find(servers, server));
        return this;
    }

    Scenario trackerIsCutOff(int server) {
        timeline.world("world", "the tracker is cut off");
        tracker.watch(server).cable.cut();
        return this;
    }

    /** Its connection swallows everything, and nobody is told. */
    Scenario trackerHearsNothing(int server) {
        timeline.world("world", "the tracker's connection dies silently");
        tracker.watch(server).cable.swallow();
        return this;
    }

    Scenario trackerIsReconnected(int server) {
        timeline.world("world", "the tracker's network is back");
        tracker.watch(server).cable.mend();
        return this;
    }

    /** The tracker's in-flight window is full: quality of service 0 overtakes 1 by so much. */
    Scenario trackerIsBehindBy(String time) {
        timeline.world("world", "the way to the tracker is crowded, " + time + " for QoS 1");
        tracker.watch(0).cable.crowd(time(time));
        return this;
    }

    /** Somebody else publishes, retained. */
    Scenario somebodyPublishes(String server, String topic, String payload) {
        timeline.world("world", "somebody publishes %s = %s (QoS 1, retained)".formatted(topic, payload));
        return server(server, each -> each.publish(new Packet(topic, payload, 1, true)));
    }

    /** A message that the server takes and the tracker never gets. */
    Scenario trackerMisses(String server, String topic, String payload) {
        timeline.world(server, "%s = %s is published, and lost on its way to the tracker".formatted(topic, payload));
        return server(server, each -> each.retainUnheard(new Packet(topic, payload, 1, true)));
    }

    Scenario trackerIsKilled() {
        timeline.world("world", "the tracker is killed");
        tracker.kill();
        return this;
    }

    Scenario trackerStarts() {
        timeline.world("world", "the tracker starts again with its journal");
        tracker.start();
        return this;
    }

    /** The server refuses the filters that cover these devices; without any, it refuses none any more. */
    Scenario filtersAreRefused(String... names) {
        timeline.world(
                "world",
                names.length == 0
                        ? "no filter is refused any more"
                        : "the filters of %s are refused".formatted(List.of(names)));
        var unheard = new LinkedHashSet<String>();
        for (var device : names) {
            unheard.add(find(devices, device).id);
        }
        tracker.apply(new PresenceEvent.Unheard(simulation.now(), 0, unheard));
        return this;
    }

    Scenario isBehind(String device, String gateway, PresenceEvent.Return after) {
        timeline.world(device, "is reached through " + gateway + ", " + after);
        tracker.apply(new PresenceEvent.Behind(
                simulation.now(), 0, find(devices, device).id, find(devices, gateway).id, after));
        return this;
    }

    /** Whatever else the story needs. */
    Scenario then(Consumer<World> action) {
        action.accept(new World(simulation, timeline, tracker, devices));
        return this;
    }

    /** What a story may reach into. */
    record World(Simulation simulation, Timeline timeline, Tracker tracker, Map<String, SimulatedDevice> devices) {

        SimulatedDevice device(String name) {
            return find(devices, name);
        }
    }

    /** Of this device no tracker can know the truth at the end, for this reason. */
    Scenario nobodyCanKnow(String device, String why) {
        unknowable.put(device, why);
        return this;
    }

    Outcome ends() {
        return Outcome.of(name, timeline.lines(), List.copyOf(devices.values()), unknowable, tracker);
    }

    private static <T> T find(Map<String, T> all, String name) {
        var found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("'" + name + "' is none of " + all.keySet());
        }
        return found;
    }

    private static Duration time(String text) {
        var parts = text.split(" ", 2);
        long number = Long.parseLong(parts[0]);
        return switch (parts[1]) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> throw new IllegalArgumentException("time: '" + text + "' (expected: such as 90 s)");
        };
    }
}
