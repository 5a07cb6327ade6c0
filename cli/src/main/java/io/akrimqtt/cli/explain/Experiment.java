package io.akrimqtt.cli.explain;

import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.PresenceRules;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import io.akrimqtt.presence.state.Session;
import io.akrimqtt.presence.state.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The handler's presence core with one message in it. A farewell is tried on a device that was there.
 *
 * @param now what is believed after the message
 * @param later what is believed after the grace, or null where that is the same
 */
record Experiment(Belief now, @Nullable Belief later) {

    private static final Instant START = Instant.EPOCH;
    private static final Duration BREATH = Duration.ofMinutes(1);
    private static final Duration MORE = Duration.ofSeconds(1);

    static Experiment with(PresenceRules rules, String device, Said said, TopicName topic, boolean retained) {
        var table = new PresenceTable(rules, 1, 1);
        table.on(new PresenceEvent.LinkUp(START, 0, Session.FRESH));
        table.on(new PresenceEvent.Drained(START, 0));
        var source = retained ? Source.SNAPSHOT : Source.LIVE;
        var published = retained ? Published.RETAINED : Published.NOT_RETAINED;
        if (retained) {
            table.on(new PresenceEvent.Sighted(START, 0, device, said, topic.value(), source, published));
            table.on(new PresenceEvent.SnapshotRead(START, 0, true));
            return new Experiment(table.belief(device).orElseThrow(), null);
        }
        table.on(new PresenceEvent.SnapshotRead(START, 0, true));
        boolean farewell = said == Said.OFFLINE || said == Said.GONE;
        if (farewell) {
            table.on(new PresenceEvent.Sighted(
                    START, 0, device, Said.ACTIVITY, topic.value(), Source.LIVE, Published.NOT_RETAINED));
        }
        var when = START.plus(BREATH);
        table.on(new PresenceEvent.Sighted(when, 0, device, said, topic.value(), source, published));
        var now = table.belief(device).orElseThrow();
        if (farewell) {
            answer(
                    table,
                    table.on(new PresenceEvent.Tick(
                            when.plus(rules.offlineGrace()).plus(MORE))),
                    when);
        }
        @Nullable Belief later = farewell ? table.belief(device).orElse(null) : null;
        return new Experiment(now, later);
    }

    /** Nothing retained refutes the farewell. */
    private static void answer(PresenceTable table, List<Decision> decisions, Instant when) {
        for (var decision : decisions) {
            if (decision instanceof Decision.Verify verify) {
                table.on(new PresenceEvent.Verified(
                        when.plus(BREATH), verify.server(), verify.device(), verify.ticket(), Map.of()));
            }
        }
    }
}
