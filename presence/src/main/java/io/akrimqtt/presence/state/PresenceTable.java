package io.akrimqtt.presence.state;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
            case PresenceEvent.Restarted _,
                    PresenceEvent.AuditBegan _,
                    PresenceEvent.AuditRead _,
                    PresenceEvent.Unheard _,
                    PresenceEvent.Behind _,
                    PresenceEvent.Tick _ -> {}
            case PresenceEvent.Restored restored -> restored(restored.memory());
        }
    }

    private void sighted(PresenceEvent.Sighted sighted) {
        boolean passing = sighted.said() == Said.ACTIVITY || sighted.said() == Said.EXISTS;
        if (tooLong(sighted.device()) || (sighted.topic().length() > MAX_TOPIC && !passing)) {
            refusedIds++;
            return;
        }
        @Nullable View view = view(sighted);
        if (view == null) {
            return;
        }
        var topic = view.shared(View.clipped(sighted.topic()));
        switch (sighted.source()) {
            case LIVE -> judge.live(view, sighted, topic, now);
            case BACKLOG -> CatchUp.queued(view, sighted.said(), topic);
            case SNAPSHOT -> retained(view, sighted.said(), topic);
        }
        settle(view);
    }

    /** In the middle of a connection it counts only where nothing else was said since its begin. */
    private void retained(View view, Said said, String topic) {
        if (view.link.phase != Link.Phase.LIVE) {
            CatchUp.caught(view, said, topic, now);
        } else if (said.statement() && !view.statedLive() && view.caughtRound != view.link.round) {
            view.caughtRound = view.link.round;
            judge.retained(view, said, topic, now, rules.offlineGrace());
        }
    }

    private @Nullable View view(PresenceEvent.Sighted sighted) {
        var link = links.get(sighted.server());
        @Nullable Device device = devices.get(sighted.device());
        @Nullable View view = device == null ? null : device.on(link);
        if (view != null || sighted.said() == Said.GONE) {
            return view;
        }
        if (device == null) {
            if (devices.size() >= maxDevices) {
                refusedDevices++;
                return null;
            }
            device = new Device(sighted.device());
            devices.put(device.id, device);
        }
        var added = new View(device, link, View.clipped(sighted.topic()), now);
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
        }
        merge(device);
        device.listed = memory.listed();
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
        link.upAt = now;
    }

    private void down(Link link) {
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
                view.shown = Presence.UNKNOWN;
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
        view.shown = view.presence;
        merge(view.device);
    }

    private void merge(Device device) {
        if (device.merge()) {
            outbox.changed(device);
        }
    }

    private void forget(View view) {
        view.device.remove(view);
        view.link.timers.remove(view);
        outbox.changed(view.device);
        if (view.device.views == null) {
            devices.remove(view.device.id);
            outbox.forget(view.device);
        } else {
            merge(view.device);
            outbox.remember(view.device);
        }
    }

    private void fireUntil(long time) {
        for (var link : links) {
            if (lossDue(link) <= time) {
                lose(link);
            }
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
        long next = Times.NEVER;
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
