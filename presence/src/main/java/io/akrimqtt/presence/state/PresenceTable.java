package io.akrimqtt.presence.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All devices of one set of rules on one or more MQTT servers: {@code (state, event) -> decisions}. Confined to one owner.
 *
 * <p>Deterministic and total: the same events lead to the same decisions, and any event is legal at any time. It is changed in
 * place, since a copy per message is too dear at 100,000 devices; each message costs a look-up and, rarely, a step in a heap.
 */
public final class PresenceTable {

    /** How many devices are known where nothing else is said. */
    public static final int DEFAULT_MAX_DEVICES = 50_000;

    /** The longest device id, in bytes of UTF-8. */
    public static final int MAX_ID_BYTES = 512;

    /** The longest topic of a statement, in characters; of other evidence, what is shown of its topic. */
    public static final int MAX_TOPIC = 640;

    /** How many transitions are kept of each device. */
    public static final int MAX_TRANSITIONS = 16;

    /** How long an answer to {@link Decision.Verify} is waited for. */
    public static final Duration VERIFICATION_LIMIT = Duration.ofSeconds(30);

    private final PresenceRules rules;
    private final int maxDevices;
    private final List<Link> links;
    private final Map<String, Device> devices = new HashMap<>();
    private final Outbox outbox = new Outbox();
    private final Judge judge;
    private final Farewells farewells;
    private final CatchUp catchUp;
    private final Audit audit;
    private final Gateways gateways = new Gateways(devices);
    private final Damping damping = new Damping();
    private long now = Times.NOT_YET;
    private long wakeAt = Times.NEVER;
    private long refusedDevices;
    private long refusedIds;

    /**
     * An empty table.
     *
     * @param servers how many MQTT servers there are, 1 or more; none is connected yet
     * @param maxDevices further devices are refused and counted; those that are known go on
     */
    public PresenceTable(PresenceRules rules, int servers, int maxDevices) {
        this.rules = rules;
        this.maxDevices = maxDevices;
        this.links = IntStream.range(0, servers).mapToObj(Link::new).toList();
        this.farewells = new Farewells(rules, outbox);
        this.judge = new Judge(rules, farewells);
        this.catchUp = new CatchUp(rules, judge, farewells);
        this.audit = new Audit(rules, judge);
    }

    /**
     * Applies one event. Timers that are due before it fire first; a message that comes at the very moment at which a timer is
     * due comes before the timer.
     */
    public List<Decision> on(PresenceEvent event) {
        now = Math.max(now, Times.of(event.at()));
        boolean tick = event instanceof PresenceEvent.Tick;
        fireUntil(tick ? now : now - 1);
        apply(event);
        outbox.takeRemoved().forEach(this::forget);
        long next = nextWake();
        if (next != wakeAt) {
            wakeAt = next;
            if (next != Times.NEVER) {
                outbox.wakeAt(next);
            }
        }
        return outbox.take();
    }

    private void apply(PresenceEvent event) {
        switch (event) {
            case PresenceEvent.Sighted sighted -> sighted(sighted);
            case PresenceEvent.LinkUp link -> up(links.get(link.server()), link.session());
            case PresenceEvent.LinkDown link -> down(links.get(link.server()));
            case PresenceEvent.Drained link -> drained(links.get(link.server()));
            case PresenceEvent.SnapshotRead link -> snapshotRead(links.get(link.server()), link.complete());
            case PresenceEvent.Verified verified -> verified(verified);
            case PresenceEvent.Restarted link -> restarted(links.get(link.server()));
            case PresenceEvent.AuditBegan link -> auditBegan(links.get(link.server()));
            case PresenceEvent.AuditRead link -> auditRead(links.get(link.server()), link.complete());
            case PresenceEvent.Unheard unheard -> unheard(links.get(unheard.server()), unheard.devices());
            case PresenceEvent.Behind behind -> behind(behind);
            case PresenceEvent.Tick _ -> {}
            case PresenceEvent.Restored restored -> restored(restored.memory());
        }
    }

    private void sighted(PresenceEvent.Sighted sighted) {
        boolean passing = sighted.said() == Said.ACTIVITY || sighted.said() == Said.EXISTS;
        if (tooLong(sighted.device()) || (sighted.topic().length() > MAX_TOPIC && !passing)) {
            refusedIds++;
            return;
        }
        boolean mute = passing && sighted.source() == Source.SNAPSHOT;
        @Nullable View view = mute && rules.retained() == PresenceRules.Retained.IGNORE ? null : view(sighted);
        if (view == null) {
            return;
        }
        var topic = view.shared(View.clipped(sighted.topic()));
        switch (sighted.source()) {
            case LIVE -> {
                Gateways.heard(view, sighted.said());
                judge.live(view, sighted, topic, now);
            }
            case BACKLOG -> CatchUp.queued(view, sighted.said(), topic);
            case SNAPSHOT -> retained(view, sighted.said(), topic);
        }
        settle(view);
    }

    /** In the middle of a connection it counts only where nothing else was said since its begin. */
    private void retained(View view, Said said, String topic) {
        if (!said.statement()) {
            if (rules.retained() == PresenceRules.Retained.ALIVE) {
                Judge.shownAlive(view, topic, now);
            }
        } else if (view.link.phase != Link.Phase.LIVE || view.link.auditing) {
            CatchUp.caught(view, said, topic, now);
        } else if (!view.statedLive() && view.caughtRound != view.link.round) {
            view.caughtRound = view.link.round;
            judge.retained(view, said, topic, now, rules.offlineGrace());
        }
    }

    private @Nullable View view(PresenceEvent.Sighted sighted) {
        var link = links.get(sighted.server());
        @Nullable View view = known(link, sighted.device());
        return view != null || sighted.said() == Said.GONE ? view : added(link, sighted.device(), sighted.topic());
    }

    private @Nullable View known(Link link, String id) {
        @Nullable Device device = devices.get(id);
        return device == null ? null : device.on(link);
    }

    private @Nullable View added(Link link, String id, String topic) {
        @Nullable Device device = devices.get(id);
        if (device == null) {
            if (devices.size() >= maxDevices) {
                refusedDevices++;
                return null;
            }
            device = new Device(id);
            devices.put(device.id, device);
        }
        var added = new View(device, link, View.clipped(topic), now);
        device.add(added);
        link.timers.add(added);
        return added;
    }

    private static boolean tooLong(String id) {
        return id.length() * 3 > MAX_ID_BYTES && id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES;
    }

    /** As if the servers had been there, and were lost just now. */
    private void restored(Memory memory) {
        var servers = Recall.sound(memory, links.size());
        boolean late = links.stream().anyMatch(link -> link.round > 0);
        if (late || servers.isEmpty() || devices.containsKey(memory.device())) {
            return;
        }
        if (tooLong(memory.device())) {
            refusedIds++;
            return;
        }
        if (devices.size() >= maxDevices) {
            refusedDevices++;
            return;
        }
        var device = new Device(memory.device());
        devices.put(device.id, device);
        for (var each : servers) {
            var link = links.get(each.server());
            link.downAt = now;
            var view = new View(device, link, "", now);
            Recall.restore(view, each, now);
            device.add(view);
            link.timers.add(view);
            gateways.put(view, view.gateway);
        }
        if (memory.flapping() && rules.flapDamping()) {
            damping.begin(device, now);
        }
        merge(device);
        device.listed = memory.listed();
        device.list(rules);
        device.remembered = Recall.fingerprint(device);
        outbox.changed(device);
    }

    private void verified(PresenceEvent.Verified verified) {
        @Nullable Device device = devices.get(verified.device());
        @Nullable View view = device == null ? null : device.on(links.get(verified.server()));
        if (view != null && view.link.phase == Link.Phase.LIVE) {
            farewells.verified(view, verified.ticket(), verified.found(), now);
            settle(view);
        }
    }

    private void up(Link link, Session session) {
        down(link);
        link.phase = Link.Phase.CATCHING_UP;
        link.round++;
        link.session = session;
        link.drained = false;
        link.restarted = false;
        link.upAt = now;
    }

    private static void restarted(Link link) {
        link.restarted |= link.phase == Link.Phase.CATCHING_UP;
    }

    private static void auditBegan(Link link) {
        if (link.phase == Link.Phase.LIVE) {
            Audit.begin(link);
        }
    }

    private void auditRead(Link link, boolean complete) {
        if (link.phase != Link.Phase.LIVE || !link.auditing) {
            return;
        }
        link.auditing = false;
        each(link, view -> audit.conclude(view, complete, now));
        each(link, this::settle);
        Gateways.released(link).forEach(this::settle);
    }

    private void unheard(Link link, Set<String> refused) {
        each(link, view -> {
            boolean refuses = refused.contains(view.device.id);
            if (refuses != view.unheard) {
                view.unheard = refuses;
                view.heard = refuses ? view.heard : now;
                farewells.restart(view, Times.plus(now, rules.offlineGrace()));
            }
        });
        if (link.phase == Link.Phase.LIVE) {
            each(link, this::show);
            link.timers.rebuild(judge::due);
        }
    }

    private void behind(PresenceEvent.Behind behind) {
        var link = links.get(behind.server());
        @Nullable String gateway = behind.gateway();
        if (tooLong(behind.device()) || (gateway != null && tooLong(gateway))) {
            refusedIds++;
            return;
        }
        @Nullable View child = known(link, behind.device());
        if (child == null && gateway != null) {
            child = added(link, behind.device(), "");
        }
        if (child != null) {
            var before = child.gateway;
            boolean waiting = child.waiting && before != null && before.device().equals(gateway);
            gateways.put(child, gateway == null ? null : new Memory.Gateway(gateway, behind.after(), waiting));
            settle(child);
        }
    }

    private void down(Link link) {
        if (link.auditing) {
            link.auditing = false;
            each(link, Audit::drop);
        }
        if (link.phase == Link.Phase.LIVE) {
            link.downAt = now;
        }
        link.phase = Link.Phase.DOWN;
    }

    private void drained(Link link) {
        if (link.phase == Link.Phase.CATCHING_UP && !link.drained) {
            link.drained = true;
            link.drainedAt = now;
        }
    }

    private void snapshotRead(Link link, boolean complete) {
        if (link.phase != Link.Phase.CATCHING_UP || !link.drained) {
            return;
        }
        link.complete = complete;
        each(link, view -> catchUp.conclude(view, now));
        link.phase = Link.Phase.LIVE;
        link.lost = false;
        each(link, view -> {
            show(view);
            outbox.remember(view.device);
        });
        Gateways.released(link).forEach(this::show);
        outbox.readAlready(link);
        link.timers.rebuild(judge::due);
    }

    private static void each(Link link, Consumer<View> action) {
        for (int slot = 0; slot < link.timers.size(); slot++) {
            action.accept(link.timers.get(slot));
        }
    }

    private void lose(Link link) {
        link.lost = true;
        link.lostAt = now;
        each(link, view -> {
            if (view.shown != null) {
                view.stand(Reason.SERVER_AWAY, now);
                merge(view.device);
                outbox.remember(view.device);
            }
        });
    }

    private void settle(View view) {
        view.link.timers.notAfter(view, judge.due(view));
        if (view.link.phase == Link.Phase.LIVE) {
            show(view);
        }
        outbox.remember(view.device);
    }

    private void show(View view) {
        show(view, 0);
    }

    /** A gateway that goes or comes back is felt by those behind it. */
    private void show(View view, int depth) {
        boolean gone = view.shown == Presence.OFFLINE;
        view.stand(overruling(view), now);
        merge(view.device);
        if (gone == (view.shown == Presence.OFFLINE) || depth == Gateways.MAX_DEPTH) {
            return;
        }
        for (var child : gateways.children(view)) {
            child.waiting = gone;
            if (gone && child.gateway != null && child.gateway.after() == PresenceEvent.Return.AFTER_SNAPSHOT) {
                outbox.readAgain(view.link);
            }
            show(child, depth + 1);
            outbox.remember(child.device);
        }
    }

    private @Nullable Reason overruling(View view) {
        if (view.link.lost) {
            return Reason.SERVER_AWAY;
        }
        if (view.unheard) {
            return Reason.UNHEARD;
        }
        return gateways.silenced(view) ? Reason.GATEWAY_GONE : null;
    }

    private void merge(Device device) {
        if (!device.merge()) {
            return;
        }
        if (device.turned(now) && rules.flapDamping()) {
            damping.changed(device, now);
        }
        device.list(rules);
        outbox.changed(device);
    }

    private void forget(View view) {
        view.device.remove(view);
        view.link.timers.remove(view);
        gateways.remove(view);
        for (var child : gateways.children(view)) {
            child.waiting = false;
            show(child);
            outbox.remember(child.device);
        }
        outbox.changed(view.device);
        if (view.device.views == null) {
            devices.remove(view.device.id);
            outbox.forget(view.device);
            damping.forget(view.device);
        } else {
            merge(view.device);
            outbox.remember(view.device);
        }
    }

    private void fireUntil(long time) {
        while (damping.due() <= time) {
            var device = damping.calm();
            device.list(rules);
            outbox.changed(device);
            outbox.remember(device);
        }
        // First what takes nothing off: a device that a lost server held may not go only because another timer was
        // looked at before.
        for (var link : links) {
            if (lossDue(link) <= time) {
                lose(link);
            }
        }
        for (var link : links) {
            while (link.phase == Link.Phase.LIVE && link.timers.first() <= time) {
                fire(link.timers.get(0), time);
                outbox.takeRemoved().forEach(this::forget);
            }
        }
    }

    private void fire(View view, long time) {
        if (judge.due(view) <= time) {
            judge.fire(view, now);
            show(view);
            outbox.remember(view.device);
        }
        view.link.timers.exactly(view, judge.due(view));
    }

    private long lossDue(Link link) {
        boolean away = link.phase == Link.Phase.DOWN && !link.lost && link.downAt != Times.NOT_YET;
        return away ? Times.plus(link.downAt, rules.serverGrace()) : Times.NEVER;
    }

    private long nextWake() {
        long next = damping.due();
        for (var link : links) {
            next = Math.min(next, link.phase == Link.Phase.LIVE ? link.timers.first() : lossDue(link));
        }
        return next;
    }

    /** What is believed of a device; empty where no server has shown it. */
    public Optional<Belief> belief(String device) {
        @Nullable Device known = devices.get(device);
        return known == null || known.presence == null ? Optional.empty() : Optional.of(known.belief());
    }

    /** What of a device must survive our death; empty where nothing must. */
    public Optional<Memory> memory(String device) {
        return Optional.ofNullable(devices.get(device)).map(Recall::of);
    }

    /** What of all devices must survive our death, in no order. */
    public Stream<Memory> memories() {
        return devices.values().stream().map(Recall::of);
    }

    public PresenceCounts counts() {
        return new PresenceCounts(devices.size(), refusedDevices, refusedIds, outbox.lateWills());
    }
}
