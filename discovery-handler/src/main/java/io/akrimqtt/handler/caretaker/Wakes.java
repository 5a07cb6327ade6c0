package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Tell.Kind;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.placement.Rendezvous;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Touches Configurations that no agent asked about after our registration: an agent's back-off doubles without end, and any change
 * of the object ends it. A touch makes every agent apply everything again, so that one of all handlers is enough.
 */
final class Wakes {

    static final Duration AFTER = Duration.ofSeconds(1);
    static final Duration JITTER = Duration.ofSeconds(2);
    static final Duration GAP = Duration.ofSeconds(2);
    static final Duration MOST = Duration.ofMinutes(5);

    /** After so many touches without an effect people are told. */
    static final int IN_VAIN = 4;

    private final Clerk clerk;
    private final Grouping grouping;
    private final Tidings tidings;
    private final Since since = new Since();
    private final Map<String, Waiting> waiting = new HashMap<>();

    Wakes(Clerk clerk, Grouping grouping, Tidings tidings) {
        this.clerk = clerk;
        this.grouping = grouping;
        this.tidings = tidings;
    }

    /**
     * A Configuration that nobody asked about.
     *
     * @param from since when it should have been
     * @param mark the annotation as it was seen last
     */
    private record Waiting(Instant from, String mark, Backoff again, int touches) {}

    void turn(Moment moment, Agenda agenda) {
        var still = new HashSet<String>();
        @Nullable Instant registered = moment.served().registeredAt().orElse(null);
        if (registered != null && moment.cluster().reachable()) {
            var asked = asked(moment);
            for (var configuration : moment.configurations().values()) {
                if (wanted(moment, configuration)
                        && !asked.contains(configuration.ref().uid())) {
                    still.add(configuration.ref().uid());
                    unasked(moment, configuration, registered, agenda);
                }
            }
        }
        waiting.keySet().retainAll(still);
        since.sweep();
    }

    private boolean wanted(Moment moment, ConfigurationState configuration) {
        return !configuration.terminating()
                && configuration.handler().equals(moment.served().handler())
                && !moment.stale().containsKey(configuration.ref().uid())
                && grouping.details(configuration).isPresent();
    }

    /** Those of groups with a stream for each; a stream does not say for which it is. */
    private static Set<String> asked(Moment moment) {
        var asked = new HashSet<String>();
        for (var group : moment.groups()) {
            long live = group.configurations().stream()
                    .filter(each -> !each.terminating())
                    .count();
            if (group.streams() >= live) {
                group.configurations().forEach(each -> asked.add(each.ref().uid()));
            }
        }
        return asked;
    }

    private void unasked(Moment moment, ConfigurationState configuration, Instant registered, Agenda agenda) {
        var uid = configuration.ref().uid();
        var first = since.seen(uid, moment.now());
        var from = first.isAfter(registered) ? first : registered;
        @Nullable Waiting before = waiting.get(uid);
        var now = before == null || !before.from().equals(from)
                ? begun(moment, configuration, from)
                : seen(moment.now(), configuration, before);
        if (now.again().isDue(moment.now())
                && clerk.offer(
                        new Action.TouchConfiguration(
                                configuration.ref(),
                                "the agent has not asked for its devices since it was told of this handler"),
                        moment.now(),
                        agenda)) {
            now = new Waiting(from, now.mark(), now.again().tried(moment.now(), MOST), now.touches() + 1);
        }
        if (now.touches() >= IN_VAIN) {
            tidings.state(
                    moment.self(),
                    configuration,
                    Kind.CREDENTIALS_MISSING,
                    true,
                    "the agent on node %s does not ask for its devices: a Secret or ConfigMap that it names may be missing, or the agent may not read it"
                            .formatted(moment.self()));
        }
        waiting.put(uid, now);
        agenda.wake(now.again().due());
    }

    private static Waiting begun(Moment moment, ConfigurationState configuration, Instant from) {
        var touched = touched(configuration);
        boolean already = touched.filter(at -> !at.isBefore(from)).isPresent();
        var due = from.plus(AFTER).plus(jitter(moment.self(), configuration));
        return already
                ? new Waiting(
                        from,
                        mark(configuration),
                        new Backoff(
                                moment.now().plus(GAP).plus(jitter(moment.self(), configuration)), GAP.multipliedBy(2)),
                        1)
                : new Waiting(from, mark(configuration), Backoff.first(due, GAP), 0);
    }

    /** Whoever has touched it meanwhile: it counts for all, so that the next is later. */
    private static Waiting seen(Instant now, ConfigurationState configuration, Waiting before) {
        var mark = mark(configuration);
        if (mark.equals(before.mark())) {
            return before;
        }
        boolean ours = !before.again().isDue(now) && before.touches() > 0;
        return ours
                ? new Waiting(before.from(), mark, before.again(), before.touches())
                : new Waiting(before.from(), mark, before.again().tried(now, MOST), before.touches() + 1);
    }

    private static String mark(ConfigurationState configuration) {
        return configuration.annotations().getOrDefault(ConfigurationState.TOUCHED, "");
    }

    private static Optional<Instant> touched(ConfigurationState configuration) {
        try {
            var mark = mark(configuration);
            return mark.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(mark));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The same for one node and Configuration at all times, spread over the jitter for different ones. */
    private static Duration jitter(String node, ConfigurationState configuration) {
        return JITTER.multipliedBy(Rendezvous.spread(configuration.ref().uid() + '/' + node, 1000))
                .dividedBy(1000);
    }
}
