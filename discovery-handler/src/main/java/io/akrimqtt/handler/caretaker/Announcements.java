package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Tell;
import io.akrimqtt.handler.caretaker.Action.Tell.Kind;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.Problem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with Configurations and watches. What every node sees alike is said by one of them. */
final class Announcements {

    private static final int PROBLEMS = 5;

    private final Grouping grouping;
    private final Guard guard;
    private final Tidings tidings;
    private final Map<String, Set<String>> away = new HashMap<>();
    private final Map<String, ConfigurationState> seen = new HashMap<>();

    Announcements(Grouping grouping, Guard guard, Tidings tidings) {
        this.grouping = grouping;
        this.guard = guard;
        this.tidings = tidings;
    }

    void turn(Moment moment) {
        for (var configuration : moment.configurations().values()) {
            if (!configuration.terminating()
                    && moment.nodes().rank(configuration.ref().uid()) == 0) {
                details(moment, configuration);
                edit(moment, configuration);
            }
        }
        seen.keySet().retainAll(moment.configurations().keySet());
        seen.putAll(moment.configurations());
        away.keySet()
                .retainAll(moment.served().watches().stream()
                        .map(ServedWatch::name)
                        .collect(Collectors.toSet()));
        moment.groups().forEach(group -> group(moment, group));
    }

    private void details(Moment moment, ConfigurationState configuration) {
        if (!configuration.handler().equals(moment.served().handler())) {
            return;
        }
        if (grouping.result(configuration) instanceof DetailsResult.Refused(var problems)) {
            var text = problems.stream().limit(PROBLEMS).map(Problem::toString).collect(Collectors.joining("; "));
            int more = problems.size() - PROBLEMS;
            tidings.state(
                    "", configuration, Kind.BAD_DETAILS, true, more > 0 ? text + "; and " + more + " more" : text);
        }
    }

    /** What was edited and does not reach workloads that run. */
    private void edit(Moment moment, ConfigurationState now) {
        @Nullable ConfigurationState before = seen.get(now.ref().uid());
        if (before == null || before.generation() == now.generation() || !exists(moment, now)) {
            return;
        }
        if (before.capacity() != now.capacity()) {
            effect(
                    now,
                    "an edited capacity does not reach device plugins that exist: delete the Configuration and create it anew");
        }
        if (!before.brokerProperties().equals(now.brokerProperties())) {
            effect(
                    now,
                    "edited brokerProperties reach Instances, but no workload before the agent on its node is restarted");
        }
        if (before.equals(same(before, now))) {
            effect(now, "this edit reaches only workloads that are started after it");
        }
    }

    private void effect(ConfigurationState configuration, String text) {
        tidings.tell(new Tell(configuration.ref(), Kind.EDIT_WITHOUT_EFFECT, false, text));
    }

    private static boolean exists(Moment moment, ConfigurationState configuration) {
        return moment.cluster().instances().stream()
                .anyMatch(each ->
                        each.configurationUid().equals(configuration.ref().uid()));
    }

    /** With all that is not part of the spec as it was. */
    private static ConfigurationState same(ConfigurationState before, ConfigurationState now) {
        return new ConfigurationState(
                before.ref(),
                before.generation(),
                now.handler(),
                now.details(),
                now.brokerProperties(),
                now.capacity(),
                before.annotations(),
                before.terminating());
    }

    private void group(Moment moment, Group group) {
        for (var configuration : group.configurations()) {
            if (!guard.mayBeThere()) {
                tidings.state("", configuration, Kind.GUARD_MISSING, true, MISSING);
            }
            if (moment.nodes().rank(configuration.ref().uid()) == 0) {
                group.items().stream()
                        .filter(Item::renamed)
                        .forEach(item ->
                                tidings.state(item.id(), configuration, Kind.COLLISION, false, collision(item)));
            }
        }
        group.watches().forEach(watch -> troubles(moment, group, watch));
    }

    private static final String MISSING =
            "the guard is not in force: a restart of a handler or an agent, or edited details, deletes Instances of living devices and restarts their workloads; install the chart with guard.enabled=true and the agents' service account";

    private static String collision(Item item) {
        return "the device '" + item.id() + "' is reported under another id, since its Instance's name is taken: "
                + item.hash();
    }

    private void troubles(Moment moment, Group group, ServedWatch watch) {
        var before = away.getOrDefault(watch.name(), Set.of());
        var now = watch.troubles().serversAway();
        for (var configuration : group.configurations()) {
            var lost = new HashSet<>(now);
            lost.removeAll(before);
            lost.forEach(
                    url -> server(configuration, Kind.SERVER_UNREACHABLE, true, url, "cannot be reached from", moment));
            var back = new HashSet<>(before);
            back.removeAll(now);
            back.forEach(url -> server(configuration, Kind.SERVER_BACK, false, url, "is back for", moment));
            if (watch.troubles().refused() > 0) {
                tidings.state(
                        moment.self(),
                        configuration,
                        Kind.DEVICES_REFUSED,
                        true,
                        "devices are left out on node " + moment.self() + ": the report has no place for them");
            }
        }
        away.put(watch.name(), now);
    }

    private void server(ConfigurationState about, Kind kind, boolean warning, String url, String what, Moment moment) {
        tidings.tell(new Tell(
                about.ref(),
                kind,
                warning,
                "MQTT server " + url + " " + what + " the handler on node " + moment.self()));
    }
}
