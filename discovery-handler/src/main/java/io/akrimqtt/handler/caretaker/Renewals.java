package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Tell.Kind;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Ends streams, so that the agent asks anew, with edited details or fresh credentials. Under the guard nothing is lost by that;
 * without it every Instance of the node would go, so that it is said instead. Once for each change, and not while a drop waits.
 */
final class Renewals {

    static final Duration AGAIN = Duration.ofMinutes(5);
    static final Duration MOST = Duration.ofHours(1);

    private final Guard guard;
    private final Releases releases;
    private final Tidings tidings;
    private final Map<String, Long> renewed = new HashMap<>();
    private final Map<String, Backoff> refused = new HashMap<>();

    Renewals(Guard guard, Releases releases, Tidings tidings) {
        this.guard = guard;
        this.releases = releases;
        this.tidings = tidings;
    }

    void turn(Moment moment, Agenda agenda) {
        if (!moment.cluster().reachable()) {
            return;
        }
        var ended = new HashSet<String>();
        moment.stale().values().forEach(stale -> edited(moment, stale, ended, agenda));
        renewed.keySet().retainAll(moment.configurations().keySet());
        moment.groups().forEach(group -> credentials(moment, group, ended, agenda));
        refused.keySet().retainAll(watches(moment));
    }

    private static Set<String> watches(Moment moment) {
        var refusing = new HashSet<String>();
        moment.served().watches().stream()
                .filter(ServedWatch::credentialsRefused)
                .forEach(watch -> refusing.add(watch.name()));
        return refusing;
    }

    private void edited(Moment moment, Moment.Stale stale, Set<String> ended, Agenda agenda) {
        var configuration = stale.configuration();
        if (!guard.mayBeThere() && !nothingToLose(moment, stale.group())) {
            tidings.state(
                    "details/" + configuration.generation(),
                    configuration,
                    Kind.EDIT_WITHOUT_EFFECT,
                    true,
                    "the edited discoveryDetails have no effect before Akri's agents are restarted: without the guard a new request would delete every Instance");
            return;
        }
        long before = renewed.getOrDefault(configuration.ref().uid(), -1L);
        if (before == configuration.generation() || !mayEnd(moment, stale.group())) {
            return;
        }
        renewed.put(configuration.ref().uid(), configuration.generation());
        end(stale.group(), "the discoveryDetails of " + configuration.ref().name() + " were edited", ended, agenda);
    }

    private boolean mayEnd(Moment moment, Group group) {
        return moment.served().writes()
                && !releases.waiting(group)
                && (guard.inForce() || nothingToLose(moment, group));
    }

    /** Nothing of the group is on this node, so that a new request has nothing to delete, and the guard cannot be tried. */
    private static boolean nothingToLose(Moment moment, Group group) {
        return group.items().stream()
                        .allMatch(item -> !item.reported()
                                && item.instances().stream().noneMatch(each -> each.names(moment.self())))
                && group.strays().stream().noneMatch(each -> each.names(moment.self()));
    }

    private static void end(Group group, String reason, Set<String> ended, Agenda agenda) {
        for (var watch : group.watches()) {
            if (watch.streams() > 0 && ended.add(watch.name())) {
                agenda.act(new Action.EndStreams(watch.name(), reason));
            }
        }
    }

    private void credentials(Moment moment, Group group, Set<String> ended, Agenda agenda) {
        for (var watch : group.watches()) {
            if (!watch.credentialsRefused() || watch.streams() == 0) {
                continue;
            }
            group.configurations()
                    .forEach(each -> tidings.state(
                            moment.self(),
                            each,
                            Kind.CREDENTIALS_REFUSED,
                            true,
                            "an MQTT server refuses the credentials of the handler on node " + moment.self()));
            var again = refused.getOrDefault(watch.name(), Backoff.first(moment.now(), AGAIN));
            if (again.isDue(moment.now()) && mayEnd(moment, group)) {
                if (ended.add(watch.name())) {
                    agenda.act(new Action.EndStreams(
                            watch.name(), "an MQTT server refuses the credentials: the agent reads them anew"));
                }
                again = again.tried(moment.now(), MOST);
                refused.put(watch.name(), again);
            }
            agenda.wake(again.isDue(moment.now()) ? moment.now().plus(AGAIN) : again.due());
        }
    }
}
