package io.akrimqtt.presence.simulation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The network between a client and a server. */
final class Cable {

    /** What it lets through. */
    enum State {
        WHOLE,
        /** Nothing, and both ends know at once. */
        CUT,
        /** Nothing, and both ends find out by their keep-alive only. */
        BLACK_HOLE
    }

    private State state = State.WHOLE;
    private Duration crowd = Duration.ZERO;

    @Nullable
    Line line;

    State state() {
        return state;
    }

    boolean whole() {
        return state == State.WHOLE;
    }

    /** Carries again; what one end gave up meanwhile, the other end learns now. */
    void mend() {
        state = State.WHOLE;
        if (line != null) {
            line.cameBack();
        }
    }

    void cut() {
        state = State.CUT;
        if (line != null) {
            line.broke("the connection was cut");
        }
    }

    /** Swallows everything from here on; each end notices by its keep-alive. */
    void swallow() {
        state = State.BLACK_HOLE;
        if (line != null) {
            line.goSilent();
        }
    }

    /** The in-flight window is full: quality of service 1 waits for so long, and quality of service 0 overtakes it. */
    void crowd(Duration value) {
        crowd = value;
    }

    Duration delay(int qos) {
        return qos == 0 ? MqttServer.LATENCY : MqttServer.LATENCY.plus(crowd);
    }
}
