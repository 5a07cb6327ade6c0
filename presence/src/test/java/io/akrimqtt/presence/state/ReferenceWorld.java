package io.akrimqtt.presence.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets the same things happen to the core and to {@link NaiveModel}, and says where they differ. */
final class ReferenceWorld {

    private static final String DEVICE = "robots/r7";
    private static final String STATUS = "robots/r7/status";
    private static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

    /** What can happen. What is published while we are away waits in the queue, at least at quality of service 1. */
    enum Act {
        BIRTH,
        BIRTH_NOT_RETAINED,
        WILL,
        WILL_NOT_RETAINED,
        /** A will comes although a birth that overtook it lies retained. */
        OVERTAKEN_WILL,
        SLEEPS,
        REMOVED,
        DATA,
        /** At quality of service 0: it is retained, but never queued. */
        UNQUEUED_BIRTH,
        CUT,
        /** Connected again, with the session. */
        RESUME,
        /** Connected again; the server was restarted and knows no session. */
        LOSE,
        /** As {@link #LOSE}, and nothing is retained any more. */
        WIPE,
        /** Connected again after so long that no session was due. */
        RENEW,
        /** What is retained expires; nobody is told. */
        EXPIRY,
        /** What is retained is read again in the middle of a connection. */
        AUDIT,
        /** Our process is killed and starts again with what it was told to remember. Its links are down. */
        KILL
    }

    /** Something happens, then some seconds pass. */
    record Step(Act act, int server, int pause) {
        @Override
        public String toString() {
            return act + (server == 0 ? "" : "@" + server) + " " + pause + "s";
        }
    }

    private final PresenceRules rules;
    private PresenceTable table;
    private Optional<Memory> journal = Optional.empty();
    private final NaiveModel model;
    private final boolean mqtt5;
    private final boolean[] up;
    private final List<@Nullable Said> retained = new ArrayList<>();
    private final List<List<Said>> queues = new ArrayList<>();
    private Instant now = BEGIN;
    private Instant wakeAt = Instant.MAX;

    private ReferenceWorld(NaiveModel.Rules rules, int servers, boolean mqtt5) {
        this.rules = core(rules);
        this.table = new PresenceTable(this.rules, servers, 10);
        this.model = new NaiveModel(rules, servers);
        this.mqtt5 = mqtt5;
        this.up = new boolean[servers];
        for (int server = 0; server < servers; server++) {
            retained.add(null);
            queues.add(new ArrayList<>());
            connect(server, Session.FRESH);
        }
    }

    private static PresenceRules core(NaiveModel.Rules rules) {
        return PresenceRules.DEFAULT
                .with(new PresenceRules.Silence(Duration.ofSeconds(rules.silence()), false, rules.silenceWritten()))
                .withOfflineGrace(Duration.ofSeconds(rules.grace()))
                .withSettle(Duration.ofSeconds(rules.settle()))
                .withServerGrace(Duration.ofSeconds(rules.serverGrace()))
                .withProbation(Duration.ofSeconds(rules.probation()))
                .withSleepTimeout(Duration.ofSeconds(rules.sleepTimeout()))
                .withFlapDamping(rules.damping());
    }

    /** Where the core and the model first differ, or empty. */
    static Optional<String> difference(NaiveModel.Rules rules, int servers, boolean mqtt5, List<Step> steps) {
        var world = new ReferenceWorld(rules, servers, mqtt5);
        for (int i = 0; i < steps.size(); i++) {
            world.happens(steps.get(i));
            for (int second = 0; second <= steps.get(i).pause(); second++) {
                world.second();
                if (!world.core().equals(world.model.belief())) {
                    return Optional.of("%d s after step %d (%s): core '%s', model '%s'"
                            .formatted(second, i, steps.get(i), world.core(), world.model.belief()));
                }
                if (second < steps.get(i).pause()) {
                    world.next();
                }
            }
        }
        return Optional.empty();
    }

    private void next() {
        now = now.plusSeconds(1);
        model.next();
    }

    private void second() {
        wakeAt = now;
        while (!wakeAt.isAfter(now)) {
            wakeAt = Instant.MAX;
            tell(new PresenceEvent.Tick(now));
        }
        model.second(retained);
    }

    private String core() {
        return table.belief(DEVICE)
                .map(belief ->
                        belief.presence() + (belief.listed() ? " listed" : "") + (belief.flapping() ? " flapping" : ""))
                .orElse("");
    }

    private void happens(Step step) {
        int server = step.server();
        switch (step.act()) {
            case BIRTH -> publish(server, Said.ONLINE, true, Said.ONLINE);
            case BIRTH_NOT_RETAINED -> publish(server, Said.ONLINE, false, retained.get(server));
            case WILL -> publish(server, Said.OFFLINE, true, Said.OFFLINE);
            case WILL_NOT_RETAINED -> publish(server, Said.OFFLINE, false, retained.get(server));
            case OVERTAKEN_WILL -> publish(server, Said.OFFLINE, true, Said.ONLINE);
            case SLEEPS -> publish(server, Said.SLEEPING, true, Said.SLEEPING);
            case REMOVED -> publish(server, Said.GONE, true, null);
            case DATA -> publish(server, Said.ACTIVITY, false, retained.get(server));
            case UNQUEUED_BIRTH -> {
                if (up[server]) {
                    publish(server, Said.ONLINE, true, Said.ONLINE);
                } else {
                    retained.set(server, Said.ONLINE);
                }
            }
            case CUT -> cut(server);
            case RESUME -> connect(server, Session.RESUMED);
            case LOSE -> {
                queues.get(server).clear();
                connect(server, Session.LOST);
            }
            case WIPE -> {
                queues.get(server).clear();
                retained.set(server, null);
                connect(server, Session.LOST);
            }
            case EXPIRY -> retained.set(server, null);
            case AUDIT -> audit(server);
            case KILL -> kill();
            case RENEW -> {
                queues.get(server).clear();
                connect(server, Session.FRESH);
            }
        }
    }

    private void publish(int server, Said said, boolean retain, @Nullable Said kept) {
        retained.set(server, kept);
        if (!up[server]) {
            queues.get(server).add(said);
            return;
        }
        var published = !mqtt5 ? Published.NOT_KNOWN : retain ? Published.RETAINED : Published.NOT_RETAINED;
        model.live(server, said, published);
        sighted(server, said, Source.LIVE, published);
    }

    private void cut(int server) {
        if (up[server]) {
            up[server] = false;
            model.down(server);
            tell(new PresenceEvent.LinkDown(now, server));
        }
    }

    private void connect(int server, Session session) {
        cut(server);
        up[server] = true;
        var queue = List.copyOf(queues.get(server));
        queues.get(server).clear();
        model.up(server, session, queue, retained.get(server));
        tell(new PresenceEvent.LinkUp(now, server, session));
        queue.forEach(said -> sighted(server, said, Source.BACKLOG, Published.NOT_KNOWN));
        tell(new PresenceEvent.Drained(now, server));
        snapshot(server);
        tell(new PresenceEvent.SnapshotRead(now, server, true));
    }

    private void audit(int server) {
        if (up[server]) {
            model.audit(server, retained.get(server));
            tell(new PresenceEvent.AuditBegan(now, server));
            snapshot(server);
            tell(new PresenceEvent.AuditRead(now, server, true));
        }
    }

    private void snapshot(int server) {
        @Nullable Said kept = retained.get(server);
        if (kept != null) {
            sighted(server, kept, Source.SNAPSHOT, Published.RETAINED);
        }
    }

    private void kill() {
        Arrays.fill(up, false);
        model.killed();
        table = new PresenceTable(rules, up.length, 10);
        wakeAt = Instant.MAX;
        journal.ifPresent(memory -> tell(new PresenceEvent.Restored(now, memory)));
    }

    private void sighted(int server, Said said, Source source, Published published) {
        var topic = said == Said.ACTIVITY ? DEVICE + "/joints" : STATUS;
        tell(new PresenceEvent.Sighted(now, server, DEVICE, said, topic, source, published));
    }

    private void tell(PresenceEvent event) {
        var decisions = table.on(event);
        for (var decision : decisions) {
            if (decision instanceof Decision.WakeAt(var at)) {
                wakeAt = at;
            }
            if (decision instanceof Decision.Remember) {
                journal = table.memory(DEVICE);
            }
        }
        for (var decision : decisions) {
            if (decision instanceof Decision.Verify verify) {
                @Nullable Said kept = retained.get(verify.server());
                Map<String, Said> found = kept == null ? Map.of() : Map.of(STATUS, kept);
                tell(new PresenceEvent.Verified(now, verify.server(), verify.device(), verify.ticket(), found));
            }
        }
    }
}
