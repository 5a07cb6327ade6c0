package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.cluster.InstanceState;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Clears away what lost nodes and agents that only take themselves off leave behind. Every handler could do it: the one that an
 * Instance falls to does, the next one only if it is still needed a while later.
 */
final class Leftovers {

    /** How long an Instance without a node is left alone. */
    static final Duration NOBODY = Duration.ofSeconds(10);

    /** How long the next handler waits for the one before it. */
    static final Duration TURN = Duration.ofSeconds(5);

    /** Kubernetes' own finalizers are no nodes. */
    private static final Set<String> OTHERS = Set.of("orphan", "foregroundDeletion");

    private static final Pattern NODE = Pattern.compile("[a-z0-9]([-a-z0-9.]*[a-z0-9])?");

    private final Clerk clerk;
    private final Since since = new Since();

    Leftovers(Clerk clerk) {
        this.clerk = clerk;
    }

    void turn(Moment moment, Agenda agenda) {
        if (moment.cluster().reachable()) {
            var wanted = wanted(moment);
            for (var instance : moment.cluster().instances()) {
                if (!instance.marked()) {
                    continue;
                }
                if (instance.terminating()) {
                    finalizers(moment, instance, agenda);
                } else if (instance.nodes().isEmpty()) {
                    nobody(moment, instance, wanted, agenda);
                } else {
                    lost(moment, instance, wanted, agenda);
                }
            }
        }
        since.sweep();
    }

    /** What is known of each Instance's device, by UID: true where it is listed or reported, false where nobody does. */
    private static Map<String, Boolean> wanted(Moment moment) {
        var wanted = new HashMap<String, Boolean>();
        for (var group : moment.groups()) {
            for (var item : group.items()) {
                item.instances().forEach(each -> wanted.put(each.ref().uid(), true));
            }
            if (group.known(moment.now())) {
                group.strays().forEach(each -> wanted.putIfAbsent(each.ref().uid(), false));
            }
        }
        for (var instance : moment.cluster().instances()) {
            // Its Configuration has gone after the owner reference: nobody else would ever find it.
            if (instance.nodes().isEmpty()
                    && Moment.owner(instance, moment.cluster()).isEmpty()) {
                wanted.putIfAbsent(instance.ref().uid(), false);
            }
        }
        return wanted;
    }

    private void finalizers(Moment moment, InstanceState instance, Agenda agenda) {
        var dead = instance.finalizers().stream()
                .filter(each -> !OTHERS.contains(each) && NODE.matcher(each).matches())
                .filter(moment.nodes()::lost)
                .collect(Collectors.toUnmodifiableSet());
        if (!dead.isEmpty() && myTurn("finalizers/", Duration.ZERO, moment, instance, agenda)) {
            clerk.offer(
                    new Action.TakeFinalizersOff(
                            instance.ref(),
                            dead,
                            "a finalizer of a lost node was taken off an Instance that is being deleted"),
                    moment.now(),
                    agenda);
        }
    }

    private void nobody(Moment moment, InstanceState instance, Map<String, Boolean> wanted, Agenda agenda) {
        @Nullable Boolean device = wanted.get(instance.ref().uid());
        if (device != null && !device && myTurn("nobody/", NOBODY, moment, instance, agenda)) {
            clerk.offer(
                    new Action.DeleteInstance(
                            instance.ref(), "an Instance that no node reports was deleted, since no agent ever would"),
                    moment.now(),
                    agenda);
        }
    }

    private void lost(Moment moment, InstanceState instance, Map<String, Boolean> wanted, Agenda agenda) {
        var lost = new HashSet<String>();
        instance.nodes().stream().filter(moment.nodes()::lost).forEach(lost::add);
        // A living device's Instance keeps its last node until another one has it: else it would be nobody's.
        boolean replaced = lost.size() < instance.nodes().size()
                || Boolean.FALSE.equals(wanted.get(instance.ref().uid()));
        if (!lost.isEmpty() && replaced && myTurn("lost/", Duration.ZERO, moment, instance, agenda)) {
            clerk.offer(
                    new Action.TakeNodesOff(instance.ref(), Set.copyOf(lost), "a lost node was taken off an Instance"),
                    moment.now(),
                    agenda);
        }
    }

    private boolean myTurn(String what, Duration wait, Moment moment, InstanceState instance, Agenda agenda) {
        var uid = instance.ref().uid();
        var turn = TURN.multipliedBy(moment.nodes().rank(uid));
        return since.lasts(what + uid, wait.plus(turn), moment.now(), agenda);
    }
}
