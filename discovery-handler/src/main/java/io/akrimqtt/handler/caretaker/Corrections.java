package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets shared values right that two agents disagree about, which stops their Configuration for ever, and the label for people. One
 * node of those that an Instance names does it. Two versions of a handler that want different values correct each other more and
 * more seldom.
 */
final class Corrections {

    /** How long agents may take to apply an edit themselves. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    static final Duration GAP = Duration.ofSeconds(10);
    static final Duration MOST = Duration.ofMinutes(10);
    private static final String NAME = "MQTT_DEVICE_NAME";
    private static final int LABEL = 63;
    private static final Pattern UNFIT = Pattern.compile("[^A-Za-z0-9_.-]+");
    private static final Pattern EDGES = Pattern.compile("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$");

    private final Clerk clerk;
    private final Resends resends;
    private final Since since = new Since();
    private final Map<String, Corrected> corrected = new HashMap<>();

    /** @param until when it is forgotten, if it stays right */
    private record Corrected(Backoff again, Instant until) {}

    Corrections(Clerk clerk, Resends resends) {
        this.clerk = clerk;
        this.resends = resends;
    }

    void turn(Moment moment, Agenda agenda) {
        for (var group : moment.groups()) {
            for (var item : group.items()) {
                if (item.reported()) {
                    item.naming(moment.self()).stream()
                            .filter(instance -> instance.marked() && first(moment, instance))
                            .forEach(instance -> look(moment, item, instance, agenda));
                }
            }
        }
        corrected.values().removeIf(each -> !moment.now().isBefore(each.until()));
        since.sweep();
    }

    private static boolean first(Moment moment, InstanceState instance) {
        return instance.nodes().stream()
                .filter(node -> !moment.nodes().lost(node))
                .min(String::compareTo)
                .filter(moment.self()::equals)
                .isPresent();
    }

    private void look(Moment moment, Item item, InstanceState instance, Agenda agenda) {
        moment.configurationOf(instance)
                .filter(each -> !each.terminating())
                .ifPresent(configuration -> correct(moment, item, instance, configuration, agenda));
        if (!instance.labels().containsKey(InstanceState.DEVICE_LABEL)) {
            var value = label(item);
            if (!value.isEmpty()) {
                clerk.offer(
                        new Action.LabelDevice(instance.ref(), value, "people look for devices by their names"),
                        moment.now(),
                        agenda);
            }
        }
    }

    private void correct(
            Moment moment, Item item, InstanceState instance, ConfigurationState configuration, Agenda agenda) {
        var wrong = wrong(item, instance, configuration);
        int capacity = configuration.capacity() == instance.capacity() ? 0 : configuration.capacity();
        var uid = instance.ref().uid();
        if ((wrong.isEmpty() && capacity <= 0) || !since.lasts(uid, PATIENCE, moment.now(), agenda)) {
            return;
        }
        @Nullable Corrected before = corrected.get(uid);
        if (before != null && !before.again().isDue(moment.now())) {
            agenda.wake(before.again().due());
            return;
        }
        var write = new Action.Correct(
                instance.ref(), wrong, capacity, "a value of an Instance that its agents disagree about was corrected");
        if (clerk.offer(write, moment.now(), agenda)) {
            var again = before == null ? Backoff.first(moment.now(), GAP) : before.again();
            corrected.put(
                    uid,
                    new Corrected(
                            again.tried(moment.now(), MOST),
                            moment.now().plus(MOST).plus(MOST)));
        }
    }

    /** What is reported, overlaid by what the Configuration says, as the agent does it. */
    private static Map<String, String> wrong(Item item, InstanceState instance, ConfigurationState configuration) {
        var wrong = new HashMap<String, String>();
        item.properties().forEach((key, value) -> {
            if (!configuration.brokerProperties().containsKey(key)
                    && !value.equals(instance.properties().get(key))) {
                wrong.put(key, value);
            }
        });
        configuration.brokerProperties().forEach((key, value) -> {
            if (!value.equals(instance.properties().get(key))) {
                wrong.put(key, value);
            }
        });
        return wrong;
    }

    /** The device's name as a label may be: at most 63 letters, digits, dashes, dots and underscores; "" where nothing is left. */
    private static String label(Item item) {
        var id = item.id();
        var name = item.properties().getOrDefault(NAME, id.substring(id.lastIndexOf('/') + 1));
        var fit = EDGES.matcher(UNFIT.matcher(name).replaceAll("-")).replaceAll("");
        return fit.length() <= LABEL
                ? fit
                : EDGES.matcher(fit.substring(0, LABEL)).replaceAll("");
    }

    /** Takes a correction that went through: agents are to apply again. */
    void done(Action.Correct correct, Instant at) {
        resends.ask(correct.object().uid(), at);
    }
}
