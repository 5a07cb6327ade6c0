package io.akrimqtt.presence.state;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells a table what happens, second by second. It plays the shell: it delivers ticks when they are asked for, and answers
 * re-reads from the retained messages of a pretended server.
 */
final class Story {

    static final String DEVICE = "robots/r7";
    static final String STATUS = "robots/r7/status";
    static final Instant BEGIN = Instant.parse("2026-11-20T12:00:00Z");

    final PresenceTable table;
    final List<Decision.Verify> verifications = new ArrayList<>();
    final Map<String, Said> retained = new HashMap<>();
    int lists;
    boolean answers = true;

    /** What a journal would hold, by device. */
    final Map<String, Memory> journal = new HashMap<>();

    /** How many devices were written or deleted, and how often what a server retains was wanted again. */
    int written;

    int readings;

    private final PresenceRules rules;
    private final int servers;
    private final boolean mqtt5;
    private Instant now = BEGIN;
    private Optional<Instant> wakeAt = Optional.empty();

    private Story(PresenceRules rules, int servers, int maxDevices, boolean mqtt5) {
        this.table = new PresenceTable(rules, servers, maxDevices);
        this.rules = rules;
        this.servers = servers;
        this.mqtt5 = mqtt5;
    }

    /** One server, connected and read, that speaks MQTT 5. */
    static Story begin() {
        return begin(PresenceRules.DEFAULT, true);
    }

    static Story begin(PresenceRules rules) {
        return begin(rules, true);
    }

    static Story begin(PresenceRules rules, boolean mqtt5) {
        return new Story(rules, 1, PresenceTable.DEFAULT_MAX_DEVICES, mqtt5).connected(0, Session.FRESH);
    }

    /** Servers that are not connected yet. */
    static Story servers(int count) {
        return new Story(PresenceRules.DEFAULT, count, PresenceTable.DEFAULT_MAX_DEVICES, true);
    }

    static Story capped(int maxDevices) {
        return new Story(PresenceRules.DEFAULT, 1, maxDevices, true).connected(0, Session.FRESH);
    }

    Story connected(int server, Session session) {
        return up(server, session).drained(server).read(server, true);
    }

    static Story servers(int count, PresenceRules rules) {
        return new Story(rules, count, PresenceTable.DEFAULT_MAX_DEVICES, true);
    }

    private void remember(String device) {
        written++;
        table.memory(device).ifPresentOrElse(memory -> journal.put(device, memory), () -> journal.remove(device));
    }

    /** We die and are there again, with what the journal holds. */
    Story dies() {
        var next = new Story(rules, servers, PresenceTable.DEFAULT_MAX_DEVICES, mqtt5);
        next.now = now;
        next.retained.putAll(retained);
        next.journal.putAll(journal);
        journal.values().forEach(memory -> next.tell(new PresenceEvent.Restored(now, memory)));
        return next;
    }

    /** What is retained is read again in the middle of the connection. */
    Story audited(boolean complete) {
        tell(new PresenceEvent.AuditBegan(now, 0));
        retained.forEach((topic, said) -> shown(DEVICE, said, topic));
        return tell(new PresenceEvent.AuditRead(now, 0, complete));
    }

    Story unheard(String... devices) {
        return tell(new PresenceEvent.Unheard(now, 0, Set.of(devices)));
    }

    Story behind(String device, String gateway, PresenceEvent.Return after) {
        return tell(new PresenceEvent.Behind(now, 0, device, gateway, after));
    }

    /** A device states something, not retained. */
    Story says(String device, Said said) {
        return live(0, device, said, device + "/status", Published.NOT_RETAINED);
    }

    Story up(int server, Session session) {
        return tell(new PresenceEvent.LinkUp(now, server, session));
    }

    Story down(int server) {
        return tell(new PresenceEvent.LinkDown(now, server));
    }

    Story drained(int server) {
        return tell(new PresenceEvent.Drained(now, server));
    }

    Story read(int server, boolean complete) {
        return tell(new PresenceEvent.SnapshotRead(now, server, complete));
    }

    /** The device states something, retained, and the server keeps it. */
    Story says(Said said) {
        return says(said, STATUS, true);
    }

    Story saysUnretained(Said said) {
        return says(said, STATUS, false);
    }

    Story says(Said said, String topic, boolean retain) {
        if (retain) {
            keep(topic, said);
        }
        return live(0, DEVICE, said, topic, published(retain));
    }

    /** What the server retains changes without anything coming to us. */
    Story keep(String topic, Said said) {
        if (said == Said.GONE) {
            retained.remove(topic);
        } else {
            retained.put(topic, said);
        }
        return this;
    }

    /** A message of the device comes live, but what the server retains is another one: it was overtaken. */
    Story overtaken(Said said) {
        return live(0, DEVICE, said, STATUS, published(true));
    }

    Story publishes() {
        return live(0, DEVICE, Said.ACTIVITY, DEVICE + "/joints", published(false));
    }

    Story live(int server, String device, Said said, String topic, Published published) {
        return tell(new PresenceEvent.Sighted(now, server, device, said, topic, Source.LIVE, published));
    }

    Story queued(Said said) {
        return tell(new PresenceEvent.Sighted(
                now,
                0,
                DEVICE,
                said,
                said == Said.ACTIVITY ? DEVICE + "/joints" : STATUS,
                Source.BACKLOG,
                published(true)));
    }

    Story shown(Said said) {
        return shown(DEVICE, said, said == Said.ACTIVITY ? DEVICE + "/joints" : STATUS);
    }

    Story shown(String device, Said said, String topic) {
        return tell(new PresenceEvent.Sighted(now, 0, device, said, topic, Source.SNAPSHOT, Published.RETAINED));
    }

    private Published published(boolean retain) {
        return !mqtt5 ? Published.NOT_KNOWN : retain ? Published.RETAINED : Published.NOT_RETAINED;
    }

    /** Lets time pass, with a tick whenever one was asked for. */
    Story wait(Duration time) {
        var end = now.plus(time);
        while (wakeAt.isPresent() && !wakeAt.get().isAfter(end)) {
            now = wakeAt.get().isAfter(now) ? wakeAt.get() : now;
            wakeAt = Optional.empty();
            tell(new PresenceEvent.Tick(now));
        }
        now = end;
        return this;
    }

    /** Lets time pass and delivers no tick. */
    Story withoutTicks(Duration time) {
        now = now.plus(time);
        return this;
    }

    Story seconds(long seconds) {
        return wait(Duration.ofSeconds(seconds));
    }

    Story minutes(long minutes) {
        return wait(Duration.ofMinutes(minutes));
    }

    Story tick() {
        return tell(new PresenceEvent.Tick(now));
    }

    Story tell(PresenceEvent event) {
        for (var decision : table.on(event)) {
            switch (decision) {
                case Decision.Changed _ -> lists++;
                case Decision.WakeAt(var at) -> wakeAt = Optional.of(at);
                case Decision.Verify verify -> answer(verify);
                case Decision.Remember(var devices) -> devices.forEach(this::remember);
                case Decision.ReadAgain _ -> readings++;
            }
        }
        return this;
    }

    private void answer(Decision.Verify verify) {
        verifications.add(verify);
        if (answers) {
            var found = new HashMap<>(retained);
            found.keySet().retainAll(verify.topics());
            tell(new PresenceEvent.Verified(now, verify.server(), verify.device(), verify.ticket(), found));
        }
    }

    Instant now() {
        return now;
    }

    Optional<Instant> wakeAt() {
        return wakeAt;
    }

    Belief belief() {
        return belief(DEVICE);
    }

    Belief belief(String device) {
        return table.belief(device).orElseThrow(() -> new AssertionError("nothing is believed of " + device));
    }

    Presence presence() {
        return belief().presence();
    }

    boolean listed() {
        return table.belief(DEVICE).map(Belief::listed).orElse(false);
    }

    Evidence.Kind evidence() {
        return belief().evidence().kind();
    }
}
