package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends a list again while something that is reported is missing, and after a release whose device is in no list. Each list costs a
 * PATCH for each Instance, so that what comes by itself is waited for, and what does not is asked for more and more seldom.
 */
final class Resends {

    static final Duration FIRST = Duration.ofSeconds(3);
    static final Duration MOST = Duration.ofMinutes(1);

    /** How soon after an Instance is gone, or released. */
    static final Duration SOON = Duration.ofSeconds(1);

    /** How long an agent may need for the list before. */
    private static final Duration PER_DEVICE = Duration.ofMillis(50);

    private final Map<String, Resend> resends = new HashMap<>();
    private final Map<String, Instant> asked = new HashMap<>();
    private final Releases releases;

    Resends(Releases releases) {
        this.releases = releases;
    }

    /**
     * What is wrong.
     *
     * @param gone reported devices that have no Instance
     * @param terminating those whose Instance is being deleted: a list that comes before it is gone is lost on it
     * @param elsewhere those whose Instance does not name this node
     * @param refused Instances that name this node, are released and in no list
     */
    private record Lack(int gone, int terminating, int elsewhere, int refused) {
        boolean any() {
            return gone + terminating + elsewhere + refused > 0;
        }

        boolean calls(Lack before) {
            return terminating < before.terminating || refused > before.refused;
        }
    }

    /** @param again when, and how long to wait after that */
    private record Resend(Lack lack, Backoff again, Instant last) {}

    void turn(Moment moment, Agenda agenda) {
        asked(moment, agenda);
        resends.keySet()
                .retainAll(moment.served().watches().stream()
                        .map(ServedWatch::name)
                        .collect(Collectors.toSet()));
        for (var group : moment.groups()) {
            boolean alive =
                    moment.cluster().reachable() && !group.configurations().isEmpty();
            var lack = alive ? lack(moment, group) : new Lack(0, 0, 0, 0);
            for (var watch : group.watches()) {
                if (watch.streams() > 0 && watch.listSent() && lack.any()) {
                    watch(moment.now(), watch, lack, group.items().size(), agenda);
                } else {
                    resends.remove(watch.name());
                }
            }
        }
    }

    private Lack lack(Moment moment, Group group) {
        // Fewer streams than Configurations: not all of them were asked about, and those cannot have Instances.
        int expected = group.streams() < group.configurations().size()
                ? 1
                : (int) group.configurations().stream()
                        .filter(each -> !each.terminating())
                        .count();
        int gone = 0;
        int terminating = 0;
        int elsewhere = 0;
        for (var item : group.items()) {
            if (item.reported()) {
                gone += Math.max(0, expected - item.instances().size());
                for (var instance : item.instances()) {
                    terminating += instance.terminating() ? 1 : 0;
                    elsewhere += !instance.terminating() && !instance.names(moment.self()) ? 1 : 0;
                }
            }
        }
        return new Lack(gone, terminating, elsewhere, refused(moment, group));
    }

    private int refused(Moment moment, Group group) {
        int refused = 0;
        for (var stray : group.strays()) {
            refused += refused(moment, stray) ? 1 : 0;
        }
        for (var item : group.items()) {
            if (!item.reported()) {
                for (var instance : item.naming(moment.self())) {
                    refused += refused(moment, instance) ? 1 : 0;
                }
            }
        }
        return refused;
    }

    private boolean refused(Moment moment, InstanceState instance) {
        return !instance.terminating() && instance.names(moment.self()) && releases.released(instance, moment);
    }

    private void watch(Instant now, ServedWatch watch, Lack lack, int devices, Agenda agenda) {
        var pause = pause(devices);
        @Nullable Resend before = resends.get(watch.name());
        Resend next;
        if (before == null) {
            next = new Resend(
                    lack, Backoff.first(now.plus(lack.refused() > 0 ? Duration.ZERO : pause), pause), Instant.MIN);
        } else if (lack.calls(before.lack())) {
            var soon = later(
                    now.plus(SOON),
                    before.last().equals(Instant.MIN) ? now : before.last().plus(pause));
            next = new Resend(lack, Backoff.first(earlier(soon, before.again().due()), pause), before.last());
        } else if (!lack.equals(before.lack())) {
            next = new Resend(lack, Backoff.first(now.plus(pause), pause), before.last());
        } else {
            next = before;
        }
        if (next.again().isDue(now)) {
            agenda.act(new Action.SendAgain(watch.name(), reason(lack)));
            next = new Resend(lack, next.again().tried(now, MOST), now);
        }
        resends.put(watch.name(), next);
        agenda.wake(next.again().due());
    }

    private static Duration pause(int devices) {
        var needed = PER_DEVICE.multipliedBy(devices);
        return needed.compareTo(FIRST) < 0 ? FIRST : needed.compareTo(MOST) > 0 ? MOST : needed;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static String reason(Lack lack) {
        return "reported devices without an Instance: %d, with one that is being deleted: %d, with one that leaves this node out: %d; released and not gone: %d"
                .formatted(lack.gone(), lack.terminating(), lack.elsewhere(), lack.refused());
    }

    /** Sends the list of the watch that has this Instance, a second from now: something about it was mended. */
    void ask(String instance, Instant now) {
        asked.merge(instance, now.plus(SOON), (before, _) -> before);
    }

    private void asked(Moment moment, Agenda agenda) {
        if (asked.isEmpty()) {
            return;
        }
        var due = asked.entrySet().stream()
                .filter(each -> !moment.now().isBefore(each.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        asked.values().forEach(agenda::wake);
        if (due.isEmpty()) {
            return;
        }
        asked.clear();
        moment.groups().stream()
                .filter(group -> group.items().stream()
                        .flatMap(item -> item.instances().stream())
                        .anyMatch(instance -> due.contains(instance.ref().uid())))
                .flatMap(group -> group.watches().stream())
                .filter(watch -> watch.streams() > 0)
                .forEach(watch -> agenda.act(
                        new Action.SendAgain(watch.name(), "a value that stopped the agents was corrected")));
    }
}
