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
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where we are with one MQTT server: connected, drained up to the fence, retained messages read. Turns what its connections
 * tell into events of the presence core. Confined to the loop.
 */
final class ServerTracker {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTracker.class);

    /** The queue has ended by then even where the fence's token never comes. */
    private static final Duration FENCE_LIMIT = Duration.ofSeconds(30);

    /** Likewise when nothing has come for so long. */
    private static final Duration FENCE_QUIET = Duration.ofSeconds(5);

    /** How long to wait before retained messages that could not be read are tried again. */
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final ServerAccess access;
    private final LiveConnection live;
    private final RetainedReader reader;
    private final Consumer<PresenceEvent> core;
    private final WatchJournal journal;

    private boolean connected;
    private boolean everConnected;
    private boolean foundAway;
    private boolean read;
    private boolean drained;
    private boolean subscribed;
    private int round;
    private String token = "";
    private String problem = "not connected yet";
    private String snapshotProblem = "";
    private List<String> subscriptionProblems = List.of();
    private Instant downAt = Instant.MIN;
    private Instant fenceLimit = Instant.MAX;
    private Instant lastArrival = Instant.MIN;
    private Instant retryAt = Instant.MAX;

    ServerTracker(
            ServerAccess access,
            LiveConnection live,
            RetainedReader reader,
            Consumer<PresenceEvent> core,
            WatchJournal journal) {
        this.access = access;
        this.live = live;
        this.reader = reader;
        this.core = core;
        this.journal = journal;
    }

    /** Whether the server was read completely, or found to be away, at least once. */
    boolean settled() {
        return read || foundAway;
    }

    WatchSnapshot.ServerHealth health() {
        var problems = new ArrayList<>(subscriptionProblems);
        if (!snapshotProblem.isEmpty()) {
            problems.add("retained messages could not be read: " + snapshotProblem);
        }
        return new WatchSnapshot.ServerHealth(access.url().toString(), connected, problem, problems);
    }

    void happened(ConnectionEvent event, Instant at) {
        switch (event) {
            case ConnectionEvent.Connected accepted -> connected(accepted.sessionPresent(), at);
            case ConnectionEvent.Subscribed _ -> subscribed(at);
            case ConnectionEvent.Disconnected disconnected -> disconnected(disconnected.reason(), at);
        }
    }

    private void connected(boolean sessionPresent, Instant at) {
        var session = session(sessionPresent, at);
        journal.session(access.server(), ServerAccess.SESSION_EXPIRY.toSeconds());
        connected = true;
        everConnected = true;
        subscribed = false;
        problem = "";
        round++;
        reader.round(round);
        retryAt = Instant.MAX;
        core.accept(new PresenceEvent.LinkUp(at, access.server(), session));
        drained = false;
        token = UUID.randomUUID().toString();
        fenceLimit = at.plus(FENCE_LIMIT);
        lastArrival = at;
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
                ? at.isBefore(downAt.plus(ServerAccess.SESSION_EXPIRY))
                : journal.sessionUntil(access.server()).map(at::isBefore).orElse(false);
        return due ? Session.LOST : Session.FRESH;
    }

    private void subscribed(Instant at) {
        subscribed = true;
        var problems = live.subscriptionProblems();
        if (!problems.equals(subscriptionProblems) && !problems.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue(LogKey.SERVER, access.url())
                    .addKeyValue(LogKey.REASON, problems)
                    .log("MQTT server did not grant all subscriptions as asked");
        }
        subscriptionProblems = problems;
        if (drained) {
            reader.readAll(round);
        } else {
            lastArrival = at;
            live.raiseFence(token);
        }
    }

    private void disconnected(String reason, Instant at) {
        foundAway = true;
        if (connected) {
            connected = false;
            downAt = at;
            core.accept(new PresenceEvent.LinkDown(at, access.server()));
        }
        if (!reason.equals(problem)) {
            LOG.atWarn()
                    .addKeyValue(LogKey.SERVER, access.url())
                    .addKeyValue(LogKey.REASON, reason)
                    .log("MQTT server is away: its devices are held");
        }
        problem = reason.isEmpty() ? "the connection ended" : reason;
        round++;
        reader.round(round);
        fenceLimit = Instant.MAX;
        retryAt = Instant.MAX;
    }

    /** How a message of the live connection came. */
    Source source(boolean retained, Instant at) {
        if (retained) {
            return Source.SNAPSHOT;
        }
        if (drained) {
            return Source.LIVE;
        }
        lastArrival = at;
        return Source.BACKLOG;
    }

    void fence(String came, Instant at) {
        if (!drained && came.equals(token)) {
            drained(at);
        }
    }

    private void drained(Instant at) {
        drained = true;
        fenceLimit = Instant.MAX;
        core.accept(new PresenceEvent.Drained(at, access.server()));
        if (subscribed) {
            reader.readAll(round);
        }
    }

    boolean current(int answered) {
        return connected && answered == round;
    }

    void snapshotRead(WatchEvent.SnapshotRead event) {
        if (!current(event.round())) {
            return;
        }
        read = true;
        snapshotProblem = event.problem();
        retryAt = event.problem().isEmpty() ? Instant.MAX : event.at().plus(RETRY);
        core.accept(new PresenceEvent.SnapshotRead(event.at(), access.server(), event.complete()));
    }

    void verify(Decision.Verify question) {
        reader.readAgain(round, question);
    }

    void tick(Instant now) {
        if (!fenceDue().isAfter(now)) {
            drained(now);
        }
        if (!retryAt.isAfter(now)) {
            retryAt = Instant.MAX;
            reader.readAll(round);
        }
    }

    /** When {@link #tick} is wanted. */
    Instant wakeAt() {
        var fence = fenceDue();
        return fence.isBefore(retryAt) ? fence : retryAt;
    }

    private Instant fenceDue() {
        if (!connected || drained) {
            return Instant.MAX;
        }
        var quiet = subscribed ? lastArrival.plus(FENCE_QUIET) : Instant.MAX;
        return quiet.isBefore(fenceLimit) ? quiet : fenceLimit;
    }
}
