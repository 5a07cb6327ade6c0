package io.akrimqtt.handler.caretaker;

import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.akrimqtt.handler.placement.Nodes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All duties of a caretaker and the order in which they are looked at. */
final class Duties {

    private final Nodes nodes;
    private final Grouping grouping = new Grouping();
    private final Tidings tidings = new Tidings();
    private final Clerk clerk;
    private final Guard guard;
    private final Ownership ownership;
    private final Adoption adoption;
    private final Releases releases;
    private final Resends resends;
    private final Wakes wakes;
    private final Renewals renewals;
    private final Slots slots;
    private final Leftovers leftovers;
    private final Corrections corrections;
    private final Plugins plugins;
    private final Announcements announcements;
    private @Nullable Moment latest;

    Duties(CaretakerRules rules, Nodes nodes, String self) {
        this.nodes = nodes;
        this.clerk = new Clerk(rules.releases());
        this.guard = new Guard(rules.probe());
        this.ownership = new Ownership(rules.placement(), nodes, self);
        this.adoption = new Adoption(ownership);
        this.releases = new Releases(clerk, guard, ownership, tidings);
        this.resends = new Resends(releases);
        this.wakes = new Wakes(clerk, grouping, tidings);
        this.renewals = new Renewals(guard, releases, tidings);
        this.slots = new Slots(clerk);
        this.leftovers = new Leftovers(clerk);
        this.corrections = new Corrections(clerk, resends);
        this.plugins = new Plugins(clerk);
        this.announcements = new Announcements(grouping, guard, tidings);
    }

    void turn(Instant now, ServedState served, ClusterState cluster, Agenda agenda) {
        if (cluster.reachable()) {
            nodes.observe(now, cluster.nodes());
        }
        nodes.wakeAt().filter(at -> at.isAfter(now)).ifPresent(agenda::wake);
        var moment = grouping.moment(now, served, cluster, nodes);
        latest = moment;
        clerk.begin(moment);
        guard.turn(moment, clerk.mayWrite(), agenda);
        ownership.turn(moment, agenda);
        adoption.turn(moment, agenda);
        releases.turn(moment, agenda);
        slots.turn(moment, agenda);
        leftovers.turn(moment, agenda);
        corrections.turn(moment, agenda);
        plugins.turn(moment, agenda);
        wakes.turn(moment, agenda);
        resends.turn(moment, agenda);
        renewals.turn(moment, agenda);
        announcements.turn(moment);
        tidings.turn(agenda, now);
    }

    void move(String device, Instant at) {
        ownership.move(device, at);
    }

    void stay(String device) {
        ownership.stay(device);
    }

    /** Takes what became of a write; a sentence for the log where something is known now that was not. */
    Optional<String> outcome(Write write, Outcome outcome, Instant at) {
        if (write instanceof Action.ProbeGuard probe) {
            return guard.outcome(probe, outcome, at) ? Optional.of(standing()) : Optional.empty();
        }
        clerk.outcome(write, outcome, at);
        releases.outcome(write, outcome, at);
        if (outcome == Outcome.DONE) {
            if (write instanceof Action.Correct correct) {
                corrections.done(correct, at);
            }
            mended(write, at);
        }
        return Optional.empty();
    }

    private String standing() {
        return switch (guard.standing()) {
            case IN_FORCE -> "the guard is in force: no agent deletes what was not released";
            case ABSENT ->
                "the guard is not in force: agents delete Instances of living devices when a handler or an agent restarts";
            case UNKNOWN -> "whether the guard is in force cannot be found out: it may be there";
        };
    }

    private void mended(Write write, Instant at) {
        switch (write) {
            case Action.HandSlotOver _,
                    Action.DeleteInstance _,
                    Action.TakeFinalizersOff _,
                    Action.TakeNodesOff _,
                    Action.Correct _ ->
                configuration(write.object()).ifPresent(each -> tidings.mended(each, write.reason(), at));
            case Action.Release _,
                    Action.TakeReleaseOff _,
                    Action.TouchConfiguration _,
                    Action.TouchInstance _,
                    Action.LabelDevice _,
                    Action.ProbeGuard _ -> {
                // The daily round: nobody needs to be told.
            }
        }
    }

    private Optional<ObjectRef> configuration(ObjectRef instance) {
        return latest == null
                ? Optional.empty()
                : latest.cluster().instances().stream()
                        .filter(each -> each.ref().uid().equals(instance.uid()))
                        .findFirst()
                        .flatMap(latest::configurationOf)
                        .map(each -> each.ref());
    }
}
