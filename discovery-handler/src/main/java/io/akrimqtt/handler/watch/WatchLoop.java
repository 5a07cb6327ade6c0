package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.presence.convention.Ignored;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Source;
import io.akrimqtt.serving.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the presence table: one virtual thread reads the mailbox, so nothing here needs a lock. */
final class WatchLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

    /** Changes of devices are shown at most this often; the first after a pause at once. */
    private static final Duration SHOWN_EVERY = Duration.ofMillis(100);

    /** Changes of counters alone. */
    private static final Duration COUNTED_EVERY = Duration.ofSeconds(1);

    private static final Duration LONGEST_NAP = Duration.ofMinutes(1);

    private final Mailbox mailbox;
    private final MonotonicClock clock;
    private final PresenceTable table;
    private final Roster roster;
    private final List<ServerTracker> servers;
    private final Consumer<WatchSnapshot> show;
    private final WatchJournal journal;
    private final Ledger ledger;
    private final IgnoredCounts ignored = new IgnoredCounts();
    private boolean restored;
    private Instant wakeAt = Instant.MAX;
    private Instant showAt = Instant.MAX;
    private Instant shownAt = Instant.MIN;

    /** @param trackers makes the trackers of all servers, given where their events go */
    WatchLoop(
            Mailbox mailbox,
            MonotonicClock clock,
            PresenceTable table,
            Roster roster,
            TrackerFactory trackers,
            Consumer<WatchSnapshot> show,
            WatchJournal journal) {
        this.mailbox = mailbox;
        this.clock = clock;
        this.table = table;
        this.roster = roster;
        this.show = show;
        this.journal = journal;
        this.ledger = new Ledger(journal, table::memory, mailbox::closed);
        this.servers = List.copyOf(trackers.make(this::apply));
    }

    /** Makes the trackers of all servers. */
    @FunctionalInterface
    interface TrackerFactory {
        List<ServerTracker> make(Consumer<PresenceEvent> core);
    }

    @Override
    public void run() {
        try {
            restore();
            while (!mailbox.closed()) {
                @Nullable WatchEvent event = mailbox.poll(0);
                if (event == null) {
                    ledger.settle();
                    event = mailbox.poll(nap());
                }
                step(event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("device watch broke: a bug");
            throw e;
        }
    }

    private void restore() {
        var memories = journal.memories();
        var now = clock.instant();
        memories.forEach(memory -> apply(new PresenceEvent.Restored(now, memory)));
        restored = !memories.isEmpty();
        if (restored) {
            show(now);
        }
    }

    private long nap() {
        var now = clock.instant();
        var next = earlier(earlier(wakeAt, showAt), earlier(roster.wakeAt(), now.plus(LONGEST_NAP)));
        for (var server : servers) {
            next = earlier(next, server.wakeAt());
        }
        return next.isAfter(now) ? Duration.between(now, next).toNanos() : 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void step(@Nullable WatchEvent event) {
        var now = clock.instant();
        if (mailbox.takeOverload()) {
            LOG.atWarn().log("messages come faster than they are dealt with: what is retained is read again");
            servers.forEach(server -> server.auditSoon(now));
        }
        if (event != null) {
            handle(event);
            // While messages wait, time is the time of the messages: nothing is overdue before they are read.
            tick(event.at());
        } else {
            tick(now);
            if (!wakeAt.isAfter(now)) {
                apply(new PresenceEvent.Tick(now));
            }
        }
        if (roster.endAdoptions(table, now, this::heard)) {
            changed(SHOWN_EVERY);
        }
        if (journal.lacking()) {
            ledger.writeAll(table.memories());
        }
        if (!showAt.isAfter(now)) {
            ledger.settle();
            show(now);
        }
    }

    private void tick(Instant now) {
        for (var server : servers) {
            if (server.tick(now)) {
                changed(SHOWN_EVERY);
            }
        }
    }

    private void handle(WatchEvent event) {
        var server = servers.get(event.server());
        switch (event) {
            case WatchEvent.Arrived arrived -> {
                var source = server.source(arrived.retained(), arrived.at());
                sighted(arrived, arrived.topic(), arrived.reading(), source, arrived.published());
                ledger.arrived(arrived.acknowledge());
            }
            case WatchEvent.Retained retained -> {
                if (server.current(retained.round())) {
                    sighted(retained, retained.topic(), retained.reading(), Source.SNAPSHOT, Published.RETAINED);
                }
            }
            case WatchEvent.Connection connection -> {
                server.happened(connection.event(), connection.at());
                changed(SHOWN_EVERY);
            }
            case WatchEvent.Fence fence -> server.fence(fence.token(), fence.at());
            case WatchEvent.SnapshotRead read -> {
                server.snapshotRead(read);
                changed(SHOWN_EVERY);
            }
            case WatchEvent.Ended _ -> {}
            case WatchEvent.Adopt adopt -> {
                int refused = roster.adopt(adopt.devices(), table, adopt.at());
                show(adopt.at());
                adopt.refused().complete(refused);
            }
            case WatchEvent.Looked looked -> server.looked(looked);
            case WatchEvent.Answered answered -> {
                server.answered(answered.at());
                changed(SHOWN_EVERY);
            }
            case WatchEvent.Verified verified -> {
                if (server.current(verified.round())) {
                    verified(verified);
                }
            }
        }
    }

    /** Whether every MQTT server is there and was read: who is silent then, is silent. */
    private boolean heard() {
        return servers.stream()
                .allMatch(server -> server.settled() && server.health().connected());
    }

    private void sighted(WatchEvent event, String topic, Reading reading, Source source, Published published) {
        @Nullable Ignored cause = reading.ignored();
        if (cause != null) {
            ignored.count(cause, topic);
            changed(COUNTED_EVERY);
        }
        @Nullable Sighting sighting = reading.sighting();
        if (sighting != null) {
            apply(new PresenceEvent.Sighted(
                    event.at(), event.server(), sighting.device(), sighting.said(), topic, source, published));
            if (ignored.lacks(table.counts())) {
                changed(COUNTED_EVERY);
            }
        }
    }

    private void verified(WatchEvent.Verified verified) {
        var question = verified.question();
        apply(new PresenceEvent.Verified(
                verified.at(), verified.server(), question.device(), question.ticket(), verified.found()));
        changed(COUNTED_EVERY);
    }

    private void apply(PresenceEvent event) {
        for (var decision : table.on(event)) {
            switch (decision) {
                case Decision.Changed(var devices) -> {
                    roster.update(devices, table);
                    changed(SHOWN_EVERY);
                }
                case Decision.Remember(var devices) -> ledger.remember(devices);
                case Decision.ReadAgain(var server) -> servers.get(server).auditSoon(event.at());
                case Decision.Verify verify -> servers.get(verify.server()).verify(verify);
                case Decision.WakeAt(var at) -> wakeAt = at;
            }
        }
        if (event instanceof PresenceEvent.Tick && !wakeAt.isAfter(event.at())) {
            wakeAt = Instant.MAX;
        }
    }

    private void changed(Duration pause) {
        var earliest = shownAt.equals(Instant.MIN) ? Instant.MIN : shownAt.plus(pause);
        showAt = earlier(showAt, earliest);
    }

    private void show(Instant now) {
        var counts = table.counts();
        ignored.limits(counts);
        shownAt = now;
        showAt = Instant.MAX;
        show.accept(new WatchSnapshot(
                restored || servers.stream().allMatch(ServerTracker::settled),
                roster.devices(),
                roster.adoptedGroups(),
                servers.stream().map(ServerTracker::health).toList(),
                ignored.counters(counts)));
    }
}
