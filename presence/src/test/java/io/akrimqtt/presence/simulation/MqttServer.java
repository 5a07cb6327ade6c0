package io.akrimqtt.presence.simulation;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pretended MQTT server with Mosquitto's defaults where they matter: retained messages, persistent sessions whose queue drops the
 * newest when it is full, quality of service 0 is not queued, Last Wills with their delay, takeover.
 */
final class MqttServer {

    static final int QUEUE_LIMIT = 1000;
    static final Duration LATENCY = Duration.ofMillis(5);

    final String name;

    private final Simulation simulation;
    private final Timeline timeline;
    private final boolean persistence;
    private boolean up = true;
    private Instant startedAt = Instant.MIN;
    private Map<String, Packet> retained = new TreeMap<>();
    private Map<String, ServerSession> sessions = new TreeMap<>();
    private Map<String, Packet> savedRetained = Map.of();
    private Map<String, ServerSession> savedSessions = Map.of();

    MqttServer(String name, boolean persistence, Simulation simulation, Timeline timeline) {
        this.name = name;
        this.persistence = persistence;
        this.simulation = simulation;
        this.timeline = timeline;
    }

    Simulation simulation() {
        return simulation;
    }

    /** As it tells below {@code $SYS}. */
    Instant startedAt() {
        return startedAt;
    }

    boolean up() {
        return up;
    }

    /** How a client wants to be connected. */
    record Connect(
            String clientId,
            boolean clean,
            Duration keepAlive,
            @Nullable Will will) {}

    /** A connection that was accepted. */
    record Accepted(Line line, boolean sessionPresent) {}

    /** Accepts a client, unless it cannot be reached. What waits for it comes right after. */
    Optional<Accepted> connect(Client client, Cable cable, Connect connect) {
        if (!up || !cable.whole()) {
            return Optional.empty();
        }
        @Nullable ServerSession old = sessions.get(connect.clientId());
        if (old != null && old.line != null && old.line.open()) {
            timeline.world(name, connect.clientId() + " connects a second time: the first connection is closed");
            old.line.broke("session taken over");
        }
        boolean present = old != null && old.persistent && !connect.clean();
        var session = old != null && present ? old : new ServerSession(connect.clientId(), !connect.clean());
        sessions.put(connect.clientId(), session);
        var line = new Line(this, session, client, cable, connect.keepAlive(), connect.will());
        session.line = line;
        cable.line = line;
        flush(session, line);
        return Optional.of(new Accepted(line, present));
    }

    /** Sends what waited. */
    void flush(ServerSession session, Line line) {
        var waiting = List.copyOf(session.waiting);
        session.waiting.clear();
        waiting.forEach(line::send);
    }

    /** Takes subscriptions that never ask for what is retained. */
    void subscribe(Line line, List<TopicFilter> filters) {
        line.session.filters.clear();
        line.session.filters.addAll(filters);
    }

    void publish(Packet packet) {
        if (packet.retain() && packet.payload().isEmpty()) {
            retained.remove(packet.topic());
        } else if (packet.retain()) {
            retained.put(packet.topic(), packet);
        }
        var topic = TopicName.of(packet.topic());
        for (var session : List.copyOf(sessions.values())) {
            if (session.wants(topic)) {
                deliver(session, packet.atQos(1));
            }
        }
    }

    /** Keeps a message that nobody is told of. */
    void retainUnheard(Packet packet) {
        retained.put(packet.topic(), packet);
    }

    private void deliver(ServerSession session, Packet packet) {
        if (session.line != null && session.line.open()) {
            session.line.send(packet);
        } else {
            queue(session, packet);
        }
    }

    /** Keeps a message for a client that is away. Full: the newest is dropped, and nobody is told. */
    void queue(ServerSession session, Packet packet) {
        if (packet.qos() == 0 || !session.persistent) {
            return;
        }
        if (session.waiting.size() < QUEUE_LIMIT) {
            session.waiting.add(packet);
        } else if (session.dropped++ == 0) {
            timeline.world(name, "the queue of " + session.clientId + " is full: further messages are dropped");
        }
    }

    /** What is retained on the topics that a filter covers. */
    List<Packet> retained(List<TopicFilter> filters) {
        return retained.values().stream()
                .filter(packet -> filters.stream().anyMatch(each -> each.matches(TopicName.of(packet.topic()))))
                .toList();
    }

    /** A connection ended in a way that the server noticed. */
    void ended(Line line, boolean withWill) {
        @Nullable Will will = line.will;
        if (!withWill || will == null) {
            return;
        }
        if (will.delay().isZero()) {
            publishWill(will);
        } else {
            simulation.after(will.delay(), () -> {
                if (up && line.session.line == line) {
                    publishWill(will);
                }
            });
        }
    }

    private void publishWill(Will will) {
        timeline.many(
                name,
                will.packet().topic(),
                ": the will is published: " + will.packet().what());
        publish(will.packet());
    }

    /** Writes to the disk what a killed server finds when it starts again. */
    void save() {
        savedRetained = new TreeMap<>(retained);
        savedSessions = new TreeMap<>();
        sessions.forEach((id, session) -> savedSessions.put(id, session.copy()));
    }

    /** SIGKILL, or the power: no wills, and only what was saved is there afterwards. */
    void kill() {
        up = false;
        openLines().forEach(line -> line.lost("the server is gone"));
        retained = new TreeMap<>(persistence ? savedRetained : Map.of());
        sessions = new TreeMap<>(persistence ? savedSessions : Map.of());
    }

    /** SIGTERM: the wills of all, which wait for those whose session is kept. */
    void stop() {
        var lines = openLines();
        lines.forEach(line -> line.lost("the server shuts down"));
        lines.forEach(line -> ended(line, true));
        up = false;
        save();
        retained = new TreeMap<>(persistence ? savedRetained : Map.of());
        sessions = new TreeMap<>(persistence ? savedSessions : Map.of());
    }

    void start() {
        up = true;
        startedAt = simulation.now();
    }

    private List<Line> openLines() {
        var lines = new ArrayList<Line>();
        for (var session : sessions.values()) {
            if (session.line != null && session.line.open()) {
                lines.add(session.line);
            }
        }
        return lines;
    }
}
