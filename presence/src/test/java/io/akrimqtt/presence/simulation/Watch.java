package io.akrimqtt.presence.simulation;

import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Session;
import io.akrimqtt.presence.state.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker does with one MQTT server, as the handler's shell does it: a live connection with a persistent session, a fence
 * behind its queue, a snapshot after it, audits, re-reads; and connecting again, ever slower.
 */
final class Watch implements Client {

    static final Duration KEEP_ALIVE = Duration.ofSeconds(30);
    static final Duration SESSION_EXPIRY = Duration.ofHours(1);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofMinutes(2);
    private static final Duration FENCE_LIMIT = Duration.ofSeconds(30);
    private static final Duration PASS = Duration.ofMillis(150);
    private static final Duration ANSWER = Duration.ofMillis(120);

    final MqttServer server;
    final Cable cable = new Cable();

    private final int number;
    private final Tracker tracker;
    private final Simulation simulation;
    private final Timeline timeline;
    private final String clientId;
    private final Duration audit;
    private @Nullable Line line;
    private boolean connected;
    private boolean everConnected;
    private boolean drained;
    private boolean stopped;
    private int round;
    private Session session = Session.FRESH;
    private Instant formerUpAt = Instant.MAX;
    private Instant downAt = Instant.MIN;
    private Instant sessionUntil = Instant.MIN;
    private Duration retry = FIRST_RETRY;

    Watch(int number, MqttServer server, Tracker tracker, Duration audit, Simulation simulation, Timeline timeline) {
        this.number = number;
        this.server = server;
        this.tracker = tracker;
        this.audit = audit;
        this.simulation = simulation;
        this.timeline = timeline;
        this.clientId = "tracker-" + number;
    }

    void connect() {
        if (connected || stopped) {
            return;
        }
        var accepted = server.connect(this, cable, new MqttServer.Connect(clientId, false, KEEP_ALIVE, null));
        if (accepted.isEmpty()) {
            simulation.after(retry, this::connect);
            retry = retry.multipliedBy(2).compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
            return;
        }
        line = accepted.get().line();
        connected(accepted.get().sessionPresent());
    }

    private void connected(boolean present) {
        session = session(present);
        connected = true;
        everConnected = true;
        drained = false;
        retry = FIRST_RETRY;
        int mine = ++round;
        timeline.tracker("connects to " + server.name + ", session " + session);
        apply(new PresenceEvent.LinkUp(simulation.now(), number, session));
        if (line != null) {
            server.subscribe(line, tracker.filters(fence()));
            line.publish(new Packet(fence(), Integer.toString(mine), 1, false));
        }
        if (session == Session.RESUMED) {
            simulation.after(FENCE_LIMIT, () -> drained(mine));
        } else {
            drained(mine);
        }
    }

    private Session session(boolean present) {
        if (present) {
            return Session.RESUMED;
        }
        var until = everConnected ? downAt.plus(SESSION_EXPIRY) : sessionUntil;
        return simulation.now().isBefore(until) ? Session.LOST : Session.FRESH;
    }

    private String fence() {
        return "akri-mqtt/" + clientId + "/fence";
    }

    @Override
    public void arrived(Packet packet) {
        if (packet.topic().equals(fence())) {
            if (packet.payload().equals(Integer.toString(round))) {
                drained(round);
            }
            return;
        }
        var published = packet.retain() ? Published.RETAINED : Published.NOT_RETAINED;
        tracker.heard(number, packet, drained ? Source.LIVE : Source.BACKLOG, published);
    }

    @Override
    public void closed(String reason) {
        if (stopped) {
            return;
        }
        connected = false;
        downAt = simulation.now();
        round++;
        timeline.tracker("loses " + server.name + ": " + reason);
        apply(new PresenceEvent.LinkDown(simulation.now(), number));
        simulation.after(retry, this::connect);
    }

    private void drained(int mine) {
        if (current(mine) && !drained) {
            drained = true;
            apply(new PresenceEvent.Drained(simulation.now(), number));
            read(mine, false);
        }
    }

    private boolean current(int mine) {
        return connected && mine == round;
    }

    /** Reads everything that is retained, until two passes add nothing. */
    private void read(int mine, boolean auditing) {
        if (auditing) {
            apply(new PresenceEvent.AuditBegan(simulation.now(), number));
        }
        pass(mine, auditing, new HashSet<>(), 0);
    }

    private void pass(int mine, boolean auditing, Set<String> seen, int idle) {
        simulation.after(PASS, () -> {
            if (!current(mine)) {
                return;
            }
            boolean reached = server.up() && cable.whole();
            boolean added = false;
            for (var packet : reached ? server.retained(tracker.filters()) : List.<Packet>of()) {
                boolean first = seen.add(packet.topic());
                added |= first;
                if (first || tracker.statement(packet)) {
                    tracker.heard(number, packet, Source.SNAPSHOT, Published.RETAINED);
                }
            }
            if (!reached || (!added && idle == 1)) {
                ended(mine, auditing, reached);
            } else {
                pass(mine, auditing, seen, added ? 0 : idle + 1);
            }
        });
    }

    private void ended(int mine, boolean auditing, boolean complete) {
        var now = simulation.now();
        if (!auditing && session == Session.RESUMED && server.startedAt().isAfter(formerUpAt)) {
            timeline.tracker("learns that " + server.name + " was restarted");
            apply(new PresenceEvent.Restarted(now, number));
        }
        formerUpAt = now;
        apply(
                auditing
                        ? new PresenceEvent.AuditRead(now, number, complete)
                        : new PresenceEvent.SnapshotRead(now, number, complete));
        var next = complete ? audit : Duration.ofMinutes(1);
        if (!next.isZero()) {
            simulation.after(next, () -> {
                if (current(mine)) {
                    read(mine, true);
                }
            });
        }
    }

    /** The core wants what is retained to be read again. */
    void readAgain() {
        if (connected && drained) {
            read(round, true);
        }
    }

    void verify(Decision.Verify question) {
        int mine = round;
        simulation.after(ANSWER, () -> {
            if (current(mine) && server.up() && cable.whole()) {
                tracker.verified(number, question, server.retained(Tracker.exactly(question.topics())));
            }
        });
    }

    private void apply(PresenceEvent event) {
        tracker.apply(event);
    }

    /** The process of the tracker is gone, with its connection. */
    void stop() {
        stopped = true;
        round++;
        if (line != null) {
            line.processDied();
        }
    }

    /** Goes on where a former life ended: it knows when its session began, but not when it ended. */
    void sessionUntil(Instant until) {
        sessionUntil = until;
    }

    /** Until when the server should keep our session. */
    Instant keptUntil() {
        return everConnected ? (connected ? simulation.now() : downAt).plus(SESSION_EXPIRY) : sessionUntil;
    }
}
