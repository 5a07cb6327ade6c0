package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action;
import io.akrimqtt.handler.caretaker.Caretaker;
import io.akrimqtt.handler.caretaker.ServedState;
import io.akrimqtt.handler.caretaker.Turn;
import io.akrimqtt.handler.cluster.ClusterState;
import java.time.Instant;

/** Who decides; a {@link Caretaker} but in tests. Called by one thread. */
interface Decisions {

    Turn turn(Instant now, ServedState served, ClusterState cluster);

    void outcome(Action.Write write, Action.Outcome outcome, Instant at);

    /** Lets a device of this node go. */
    default void move(String device, Instant at) {}

    /** Takes that back. */
    default void stay(String device) {}

    static Decisions of(Caretaker caretaker) {
        return new Decisions() {
            @Override
            public Turn turn(Instant now, ServedState served, ClusterState cluster) {
                return caretaker.turn(now, served, cluster);
            }

            @Override
            public void outcome(Action.Write write, Action.Outcome outcome, Instant at) {
                caretaker.outcome(write, outcome, at);
            }

            @Override
            public void move(String device, Instant at) {
                caretaker.move(device, at);
            }

            @Override
            public void stay(String device) {
                caretaker.stay(device);
            }
        };
    }
}
