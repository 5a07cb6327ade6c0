package io.akrimqtt.presence.simulation;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.Memory;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.PresenceRules;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import io.akrimqtt.presence.state.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The real presence table and the real convention, with the duties of the handler's shell around them. */
final class Tracker {

    private static final TopicsConvention CONVENTION =
            TopicsConvention.of(List.of(DeviceFilter.parse("robots/+/joints")), StatusTopic.DEFAULTS, null);

    private final Simulation simulation;
    private final Timeline timeline;
    private final PresenceRules rules;
    private final Duration audit;
    private final List<MqttServer> servers;
    private final Map<String, Memory> journal = new TreeMap<>();
    private final Map<String, Belief> told = new HashMap<>();
    private final List<Instant> sessions = new ArrayList<>();
    private List<Watch> watches = List.of();
    private PresenceTable table;
    private Instant journalAt = Simulation.BEGIN;
    private int life;

    Tracker(PresenceRules rules, Duration audit, List<MqttServer> servers, Simulation simulation, Timeline timeline) {
        this.rules = rules;
        this.audit = audit;
        this.servers = List.copyOf(servers);
        this.simulation = simulation;
        this.timeline = timeline;
        this.table = table();
    }

    private PresenceTable table() {
        return new PresenceTable(rules, servers.size(), PresenceTable.DEFAULT_MAX_DEVICES);
    }

    /** Begins, or begins again with what the journal remembers. */
    void start() {
        life++;
        table = table();
        var made = new ArrayList<Watch>();
        for (var server : servers) {
            var watch = new Watch(made.size(), server, this, audit, simulation, timeline);
            if (made.size() < sessions.size()) {
                watch.sessionUntil(sessions.get(made.size()));
            }
            made.add(watch);
        }
        watches = List.copyOf(made);
        List.copyOf(journal.values()).forEach(memory -> apply(new PresenceEvent.Restored(journalAt, memory)));
        watches.forEach(Watch::connect);
    }

    /** SIGKILL: the journal is what is left. */
    void kill() {
        life++;
        sessions.clear();
        watches.forEach(watch -> sessions.add(watch.keptUntil()));
        watches.forEach(Watch::stop);
        journalAt = simulation.now();
        watches = List.of();
    }

    Watch watch(int number) {
        return watches.get(number);
    }

    List<TopicFilter> filters() {
        return CONVENTION.filters();
    }

    List<TopicFilter> filters(String further) {
        var all = new ArrayList<>(filters());
        all.add(TopicFilter.of(further));
        return all;
    }

    static List<TopicFilter> exactly(List<String> topics) {
        return topics.stream()
                .map(topic -> TopicFilter.exactly(TopicName.of(topic)))
                .toList();
    }

    private static Optional<Sighting> read(Packet packet, Published published) {
        var payload = packet.payload().getBytes(StandardCharsets.UTF_8);
        return Optional.ofNullable(CONVENTION
                .read(TopicName.of(packet.topic()), payload, published)
                .sighting());
    }

    boolean statement(Packet packet) {
        return read(packet, Published.RETAINED)
                .filter(sighting -> sighting.said() != Said.ACTIVITY)
                .isPresent();
    }

    void heard(int server, Packet packet, Source source, Published published) {
        read(packet, published)
                .ifPresent(sighting -> apply(new PresenceEvent.Sighted(
                        simulation.now(),
                        server,
                        sighting.device(),
                        sighting.said(),
                        packet.topic(),
                        source,
                        published)));
    }

    void verified(int server, Decision.Verify question, List<Packet> retained) {
        var found = new HashMap<String, Said>();
        for (var packet : retained) {
            read(packet, Published.RETAINED).ifPresent(sighting -> found.put(packet.topic(), sighting.said()));
        }
        timeline.many(
                "TRACKER",
                question.device(),
                ": read again, retained is " + (found.isEmpty() ? "nothing" : found.values()));
        apply(new PresenceEvent.Verified(simulation.now(), server, question.device(), question.ticket(), found));
    }

    void apply(PresenceEvent event) {
        for (var decision : table.on(event)) {
            switch (decision) {
                case Decision.Changed(var devices) -> devices.forEach(this::tell);
                case Decision.Verify verify -> watches.get(verify.server()).verify(verify);
                case Decision.Remember(var devices) -> remember(devices);
                case Decision.ReadAgain(var server) -> watches.get(server).readAgain();
                case Decision.WakeAt(var at) -> wake(at);
            }
        }
    }

    private void wake(Instant at) {
        int mine = life;
        simulation.at(at, () -> {
            if (mine == life) {
                apply(new PresenceEvent.Tick(simulation.now()));
            }
        });
    }

    private void remember(Set<String> devices) {
        for (var device : devices) {
            table.memory(device).ifPresentOrElse(memory -> journal.put(device, memory), () -> journal.remove(device));
        }
    }

    private void tell(String device) {
        @Nullable Belief before = told.get(device);
        var belief = table.belief(device);
        if (belief.isEmpty()) {
            told.remove(device);
            timeline.believes(device, " -> not known any more");
            return;
        }
        var now = belief.get();
        told.put(device, now);
        if (before == null
                || !state(before).equals(state(now))
                || before.evidence().kind() != now.evidence().kind()) {
            timeline.believes(device, " -> %s (%s)".formatted(state(now), why(now)));
        }
    }

    /** What is believed, in words. */
    static String state(Belief belief) {
        return belief.presence()
                + (belief.listed() ? ", listed" : ", not listed")
                + (belief.flapping() ? ", flapping" : "");
    }

    private static String why(Belief belief) {
        return belief.evidence().kind() + ": " + belief.evidence().text();
    }

    Optional<Belief> belief(String device) {
        return table.belief(device);
    }
}
