package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.TakeReleaseOff;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.InstanceState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Release before drop, and one tenure for each release. A device leaves the report only once the agent may take its Instance off;
 * it is reported here again only once it may not any more.
 */
final class Releases {

    /** How long a device waits for an old release to be taken off before it is reported all the same. */
    static final Duration PATIENCE = Duration.ofSeconds(1);

    /** How long an Instance must have been seen without a device before it counts as nobody's: adoption comes first. */
    static final Duration STRAY = Duration.ofSeconds(3);

    private final Clerk clerk;
    private final Guard guard;
    private final Tenure tenure = new Tenure();
    private final Ownership ownership;
    private final Tidings tidings;
    private final Since since = new Since();
    private final Set<Group> waiting = Collections.newSetFromMap(new IdentityHashMap<>());

    Releases(Clerk clerk, Guard guard, Ownership ownership, Tidings tidings) {
        this.clerk = clerk;
        this.guard = guard;
        this.ownership = ownership;
        this.tidings = tidings;
    }

    void turn(Moment moment, Agenda agenda) {
        tenure.sweep(moment);
        waiting.clear();
        endTenures(moment, agenda);
        for (var group : moment.groups()) {
            var place = new Place(moment, group, agenda);
            group.items().forEach(item -> item(place, item));
            group.strays().forEach(stray -> stray(place, stray));
        }
        since.sweep();
    }

    /** One group in one turn. */
    private record Place(Moment moment, Group group, Agenda agenda) {
        Instant now() {
            return moment.now();
        }

        String self() {
            return moment.self();
        }
    }

    /** A release of this node on what does not name it any more. */
    private void endTenures(Moment moment, Agenda agenda) {
        for (var instance : moment.cluster().instances()) {
            if (instance.marked()
                    && !instance.terminating()
                    && !instance.names(moment.self())
                    && tenure.released(instance, moment.self(), moment.now())) {
                takeOff(instance, moment, agenda, "the node has left the Instance that it had been released on");
            }
        }
    }

    private void item(Place place, Item item) {
        if (item.listed() && ownership.owns(place.moment(), item)) {
            keep(place, item);
        } else if (item.reported() || !item.naming(place.self()).isEmpty()) {
            leave(place, item);
        }
    }

    private void keep(Place place, Item item) {
        boolean stale = false;
        for (var instance : item.instances()) {
            if (!instance.terminating() && tenure.released(instance, place.self(), place.now())) {
                stale = true;
                takeOff(instance, place.moment(), place.agenda(), "its device is to be reported on the node again");
            }
        }
        boolean waits = stale
                && !item.reported()
                && clerk.mayWrite()
                && !since.lasts(item.id(), PATIENCE, place.now(), place.agenda());
        for (var watch : place.group().watches()) {
            if (waits) {
                place.agenda().hold(watch.name());
            } else {
                place.agenda().own(watch.name(), item.id());
            }
        }
    }

    private void takeOff(InstanceState instance, Moment moment, Agenda agenda, String reason) {
        clerk.offer(new TakeReleaseOff(instance.ref(), moment.self(), reason), moment.now(), agenda);
    }

    private void leave(Place place, Item item) {
        var naming = item.naming(place.self());
        boolean others = !item.listed()
                || ownership.moving(item.id())
                || naming.stream().allMatch(instance -> ownership.another(place.moment(), instance));
        if (!others) {
            return;
        }
        if (!guard.mayBeThere()) {
            mayDrop(place, item);
            return;
        }
        var guarded = naming.stream().filter(InstanceState::marked).toList();
        boolean released = guarded.stream().allMatch(instance -> tenure.released(instance, place.self(), place.now()));
        if (released && (place.moment().cluster().reachable() || !guarded.isEmpty())) {
            mayDrop(place, item);
            return;
        }
        waiting.add(place.group());
        if (!place.moment().cluster().reachable()) {
            tidings.cannotRelease(place.group(), Outcome.UNREACHABLE);
        }
        release(place, guarded, item.listed() ? "another node is to have its device" : "its device is gone");
    }

    private void mayDrop(Place place, Item item) {
        place.group().watches().forEach(watch -> place.agenda().mayDrop(watch.name(), item.id()));
    }

    private void release(Place place, List<InstanceState> instances, String reason) {
        if (place.group().streams() == 0) {
            return;
        }
        if (!place.group().known(place.now())) {
            place.agenda().wake(place.now().plus(PATIENCE));
            return;
        }
        for (var instance : instances) {
            if (!tenure.released(instance, place.self(), place.now())) {
                Write write = new Release(instance.ref(), place.self(), reason);
                clerk.offer(write, place.now(), place.agenda());
                clerk.failure(write).ifPresent(outcome -> tidings.cannotRelease(place.group(), outcome));
            }
        }
    }

    /** An Instance of this node whose device nobody lists here: its agent will be refused to delete it. */
    private void stray(Place place, InstanceState stray) {
        if (stray.terminating()
                || !stray.names(place.self())
                || !guard.mayBeThere()
                || place.moment()
                        .configurationOf(stray)
                        .filter(each -> !each.terminating())
                        .isEmpty()
                || tenure.released(stray, place.self(), place.now())) {
            return;
        }
        if (since.lasts("stray/" + stray.ref().uid(), STRAY, place.now(), place.agenda())) {
            waiting.add(place.group());
            release(place, List.of(stray), "nobody reports its device on the node");
        }
    }

    /** Whether something that is to leave still waits for its release. */
    boolean waiting(Group group) {
        return waiting.contains(group);
    }

    boolean released(InstanceState instance, Moment moment) {
        return tenure.released(instance, moment.self(), moment.now());
    }

    /** Takes what became of a write. */
    void outcome(Write write, Outcome outcome, Instant at) {
        if (outcome != Outcome.DONE) {
            return;
        }
        if (write instanceof Release release) {
            tenure.confirmed(release.object(), true, at);
        } else if (write instanceof TakeReleaseOff off) {
            tenure.confirmed(off.object(), false, at);
        }
    }
}
