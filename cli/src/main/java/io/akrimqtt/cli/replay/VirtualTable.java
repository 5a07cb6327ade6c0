package io.akrimqtt.cli.replay;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.presence.convention.DeviceIdentity;
import io.akrimqtt.presence.convention.Ignored;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Source;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The handler's presence table in a time of its own, with a shell that answers at once. Confined to its replay. */
final class VirtualTable {

    private record Shown(Presence presence, boolean listed, boolean flapping) {
        static Shown of(Belief belief) {
            return new Shown(belief.presence(), belief.listed(), belief.flapping());
        }
    }

    private final PresenceTable table;
    private final DiscoveryDetails details;
    private final TopicsConvention convention;
    private final List<RetainedState> retained;
    private final Consumer<Step> told;
    private final Map<String, Shown> devices = new TreeMap<>();
    private Instant now = Instant.MIN;
    private Instant wakeAt = Instant.MAX;

    VirtualTable(DiscoveryDetails details, List<RetainedState> retained, Consumer<Step> told) {
        this.table = new PresenceTable(
                details.rules(), retained.size(), details.watch().maxDevices());
        this.details = details;
        this.convention = details.convention();
        this.retained = retained;
        this.told = told;
    }

    /** Lets happen what is due before a moment, each at its own time; a message comes before a timer of the same moment. */
    void before(Instant moment) {
        while (wakeAt.isBefore(moment)) {
            tick(wakeAt);
        }
    }

    /** Something happens. */
    void on(PresenceEvent event) {
        before(event.at());
        apply(event);
    }

    /** Lets time pass. */
    void until(Instant end) {
        while (!wakeAt.isAfter(end)) {
            tick(wakeAt);
        }
        now = end;
    }

    /** The core asks anew where more is due; a moment is never asked for twice. */
    private void tick(Instant at) {
        apply(new PresenceEvent.Tick(at));
        if (!wakeAt.isAfter(at)) {
            wakeAt = Instant.MAX;
        }
    }

    /** Answers come after all that was decided with the question, as they would from outside. */
    private void apply(PresenceEvent first) {
        var waiting = new ArrayDeque<PresenceEvent>();
        waiting.add(first);
        while (!waiting.isEmpty()) {
            var event = waiting.remove();
            now = event.at();
            table.on(event).forEach(decision -> carryOut(decision, waiting));
        }
    }

    private void carryOut(Decision decision, Queue<PresenceEvent> answers) {
        switch (decision) {
            case Decision.Changed(var changed) -> new TreeSet<>(changed).forEach(this::changed);
            case Decision.Verify verify ->
                answers.add(new PresenceEvent.Verified(
                        now,
                        verify.server(),
                        verify.device(),
                        verify.ticket(),
                        retained.get(verify.server()).read(verify.topics())));
            case Decision.ReadAgain(var server) -> audit(server, answers);
            case Decision.Remember _ -> {}
            case Decision.WakeAt(var at) -> wakeAt = at;
        }
    }

    private void audit(int server, Queue<PresenceEvent> answers) {
        answers.add(new PresenceEvent.AuditBegan(now, server));
        retained.get(server)
                .readAll((topic, word) -> answers.add(new PresenceEvent.Sighted(
                        now, server, word.device(), word.said(), topic, Source.SNAPSHOT, Published.RETAINED)));
        answers.add(new PresenceEvent.AuditRead(now, server, true));
    }

    private void changed(String device) {
        var belief = table.belief(device);
        @Nullable
        Shown before = belief.isPresent() ? devices.put(device, Shown.of(belief.get())) : devices.remove(device);
        boolean news = belief.isPresent() ? !Shown.of(belief.get()).equals(before) : before != null;
        if (news) {
            told.accept(step(device, belief.orElse(null)));
        }
    }

    private Step step(String device, @Nullable Belief belief) {
        var name = convention
                .identity(details.place(device).topic())
                .map(DeviceIdentity::name)
                .orElse(device);
        return new Step(now, device, name, belief);
    }

    List<Step> devices() {
        var all = new ArrayList<Step>();
        for (var device : devices.keySet()) {
            table.belief(device).ifPresent(belief -> all.add(step(device, belief)));
        }
        return all;
    }

    /** With what the table itself has refused. */
    Map<String, Long> ignored(Map<Ignored, Long> causes) {
        var all = new TreeMap<String, Long>();
        causes.forEach((cause, count) -> all.put(cause.label(), count));
        var counts = table.counts();
        all.put("too_many_devices", counts.refusedDevices());
        all.put("device_id_too_long", counts.refusedIds());
        all.put("late_will", counts.lateWills());
        all.values().removeIf(count -> count == 0);
        return all;
    }
}
