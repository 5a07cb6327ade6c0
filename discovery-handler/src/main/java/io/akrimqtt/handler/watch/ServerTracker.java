package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.Session;
import io.akrimqtt.presence.state.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where we are with one MQTT server: connected, drained up to the fence, retained messages read, audited. Turns what its
 * connections tell into events of the presence core. Confined to the loop.
 */
final class ServerTracker {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTracker.class);

    /** The server's age is told in steps, and late. */
    private static final Duration RESTART_TOLERANCE = Duration.ofSeconds(15);

    private static final String NOTHING_RETAINED = "the MQTT server keeps no retained messages: "
            + "devices are known by what they publish from now on, and a restart of the handler forgets them";

    /** What the reader is at for us. */
    private enum Reading {
        NOTHING,
        CATCH_UP,
        AUDIT
    }

    private final ServerAccess access;
    private final LiveConnection live;
    private final RetainedReader reader;
    private final Consumer<PresenceEvent> core;
    private final WatchJournal journal;
    private final Grants grants;
    private final AuditPlan audits;
    private final DropWatch drops = new DropWatch();
    private final Fence fence = new Fence();
    private final Outage outage;

    private boolean connected;
    private boolean everConnected;
    private boolean foundAway;
    private boolean read;
    private boolean caughtUp;
    private boolean subscribed;
    private boolean retained = true;
    private Reading reading = Reading.NOTHING;
    private Session session = Session.FRESH;
    private int round;
    private String problem = "not connected yet";
    private String snapshotProblem = "";
    private Instant upAt = Instant.MIN;
    private Instant formerUpAt = Instant.MIN;
    private Instant downAt = Instant.MIN;

    /** @param devices the ids of all that are known now */
    ServerTracker(
            ServerAccess access,
            LiveConnection live,
            RetainedReader reader,
            Supplier<? extends Collection<String>> devices,
            Consumer<PresenceEvent> core,
            WatchJournal journal) {
        this.access = access;
        this.live = live;
        this.reader = reader;
        this.core = core;
        this.journal = journal;
        this.outage = new Outage(access.now());
        this.grants = new Grants(access, live, devices, core);
        this.audits = new AuditPlan(access.settings().details().watch().audit(), access.liveId());
    }

    /** Whether the server was read completely, or found to be away, at least once. */
    boolean settled() {
        return read || foundAway;
    }

    WatchSnapshot.ServerHealth health() {
        var problems = new ArrayList<>(grants.problems());
        if (!snapshotProblem.isEmpty()) {
            problems.add("retained messages could not be read: " + snapshotProblem);
        }
        if (!retained) {
            problems.add(NOTHING_RETAINED);
        }
        return new WatchSnapshot.ServerHealth(access.url().toString(), connected, outage.told(), problem, problems);
    }

    void happened(ConnectionEvent event, Instant at) {
        switch (event) {
            case ConnectionEvent.Connected accepted -> connected(accepted.sessionPresent(), at);
            case ConnectionEvent.Subscribed _ -> subscribed(at);
            case ConnectionEvent.Disconnected disconnected -> disconnected(disconnected, at);
        }
    }

    private void connected(boolean sessionPresent, Instant at) {
        session = session(sessionPresent, at);
        journal.session(access.server(), access.sessionExpiry().toSeconds());
        connected = true;
        outage.connected();
        everConnected = true;
        subscribed = false;
        upAt = at;
        problem = "";
        retained(live.keepsRetained());
        nextRound();
        core.accept(new PresenceEvent.LinkUp(at, access.server(), session));
        fence.raised(UUID.randomUUID().toString(), at);
        LOG.atInfo()
                .addKeyValue(LogKey.SERVER, access.url())
                .addKeyValue(LogKey.SESSION, session)
                .log("connected to MQTT server");
        if (session != Session.RESUMED) {
            drained(at);
        }
    }

    private Session session(boolean present, Instant at) {
        if (present) {
            return Session.RESUMED;
        }
        boolean due = everConnected
                ? at.isBefore(downAt.plus(access.sessionExpiry()))
                : journal.sessionUntil(access.server()).map(at::isBefore).orElse(false);
        return due ? Session.LOST : Session.FRESH;
    }

    private void retained(boolean kept) {
        if (retained && !kept) {
            LOG.atWarn().addKeyValue(LogKey.SERVER, access.url()).log(NOTHING_RETAINED);
        }
        retained = kept;
    }

    private void nextRound() {
        round++;
        reader.round(round, retained);
        reading = Reading.NOTHING;
        caughtUp = false;
        audits.stop();
        drops.stop();
    }

    private void subscribed(Instant at) {
        subscribed = true;
        grants.answered(at);
        if (fence.passed()) {
            catchUp(at);
        } else {
            fence.subscribed(at);
            live.raiseFence(fence.token());
        }
    }

    /** The server has answered what it had refused before. */
    void answered(Instant at) {
        grants.answered(at);
    }

    private void disconnected(ConnectionEvent.Disconnected event, Instant at) {
        foundAway = true;
        outage.disconnected(event, at);
        if (connected) {
            connected = false;
            downAt = at;
            formerUpAt = caughtUp ? upAt : formerUpAt;
            core.accept(new PresenceEvent.LinkDown(at, access.server()));
        }
        var reason = reason(event);
        if (!reason.equals(problem)) {
            var log = event.takenOver() ? LOG.atError() : LOG.atWarn();
            log.addKeyValue(LogKey.SERVER, access.url())
                    .addKeyValue(LogKey.REASON, reason)
                    .log("MQTT server is away: its devices are held");
        }
        problem = reason;
        nextRound();
        fence.lowered();
    }

    private String reason(ConnectionEvent.Disconnected event) {
        var reason = event.reason().isEmpty() ? "the connection ended" : event.reason();
        return event.takenOver()
                ? "another client connects with our client id '" + access.liveId()
                        + "', is a second handler running for this node? (" + reason + ")"
                : reason;
    }

    /** How a message of the live connection came. */
    Source source(boolean fromRetained, Instant at) {
        if (fromRetained) {
            return Source.SNAPSHOT;
        }
        if (fence.passed()) {
            return Source.LIVE;
        }
        fence.counted(at);
        return Source.BACKLOG;
    }

    void fence(String came, Instant at) {
        if (fence.ends(came)) {
            drained(at);
        }
    }

    private void drained(Instant at) {
        fence.pass();
        core.accept(new PresenceEvent.Drained(at, access.server()));
        if (subscribed) {
            catchUp(at);
        }
    }

    private void catchUp(Instant at) {
        reading = Reading.CATCH_UP;
        audits.began(at);
        reader.readAll(round);
    }

    private void audit(Instant at) {
        reading = Reading.AUDIT;
        audits.began(at);
        drops.stop();
        grants.askAgain();
        core.accept(new PresenceEvent.AuditBegan(at, access.server()));
        reader.readAll(round);
    }

    boolean current(int answered) {
        return connected && answered == round;
    }

    void snapshotRead(WatchEvent.SnapshotRead event) {
        if (!current(event.round()) || reading == Reading.NOTHING) {
            return;
        }
        boolean catchingUp = reading == Reading.CATCH_UP;
        reading = Reading.NOTHING;
        caughtUp = true;
        read = true;
        snapshotProblem = event.problem();
        if (catchingUp) {
            caughtUp(event);
        } else {
            core.accept(new PresenceEvent.AuditRead(event.at(), access.server(), event.complete()));
        }
        grants.tell(event.at());
        drops.read(event.facts(), event.at());
        audits.ended(event.at());
        if (retained) {
            audits.read(event.at(), event.complete());
        }
    }

    private void caughtUp(WatchEvent.SnapshotRead event) {
        if (session == Session.RESUMED && restarted(event.facts())) {
            LOG.atWarn()
                    .addKeyValue(LogKey.SERVER, access.url())
                    .log("MQTT server was restarted while we were away: what it retains is doubted");
            core.accept(new PresenceEvent.Restarted(event.at(), access.server()));
        }
        core.accept(new PresenceEvent.SnapshotRead(event.at(), access.server(), event.complete()));
        if (fence.many()) {
            audits.soon(event.at());
        }
    }

    private boolean restarted(SystemFacts facts) {
        return !formerUpAt.equals(Instant.MIN)
                && facts.startedAt()
                        .filter(start -> start.minus(RESTART_TOLERANCE).isAfter(formerUpAt))
                        .isPresent();
    }

    /** The server told of itself. */
    void looked(WatchEvent.Looked event) {
        if (current(event.round()) && drops.rose(event.facts(), event.at())) {
            LOG.atInfo()
                    .addKeyValue(LogKey.SERVER, access.url())
                    .log("MQTT server drops messages, some may have been ours: what it retains is read again");
            auditSoon(event.at());
        }
    }

    /** Messages may have been lost: what is retained is to be read again, as soon as may be. */
    void auditSoon(Instant at) {
        audits.soon(at);
    }

    void verify(Decision.Verify question) {
        reader.readAgain(round, question);
    }

    /** Does what is due; whether there is something new to be shown. */
    boolean tick(Instant now) {
        if (connected && !fence.due().isAfter(now)) {
            drained(now);
        }
        if (!audits.due().isAfter(now)) {
            audit(now);
        }
        if (reading == Reading.NOTHING && !drops.due().isAfter(now)) {
            drops.looking();
            reader.look(round);
        }
        return outage.tick(now);
    }

    /** When {@link #tick} is wanted. */
    Instant wakeAt() {
        return earlier(earlier(fence.due(), audits.due()), earlier(drops.due(), outage.due()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
