package io.akrimqtt.presence.simulation;

import java.time.Duration;

/**
 * How a device behaves.
 *
 * @param statesPresence it publishes a birth after each connect and leaves a will
 * @param birthQos quality of service of its birth
 * @param willRetained whether the will is retained
 * @param willDelay how long the server waits with the will
 * @param saysGoodbye it says offline before it disconnects cleanly
 * @param telemetry how often it publishes; zero for never
 * @param keepAlive of its connection
 * @param returns how long it waits at most before it connects again
 */
record Habits(
        boolean statesPresence,
        int birthQos,
        boolean willRetained,
        Duration willDelay,
        boolean saysGoodbye,
        Duration telemetry,
        Duration keepAlive,
        Duration returns) {

    /** A model pupil: birth, retained will, a message each 5 s. */
    static Habits good() {
        return new Habits(
                true,
                1,
                true,
                Duration.ZERO,
                true,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }

    /** It publishes and states nothing. */
    static Habits mute() {
        return new Habits(
                false,
                1,
                true,
                Duration.ZERO,
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10));
    }

    Habits birthAtQos0() {
        return new Habits(statesPresence, 0, willRetained, willDelay, saysGoodbye, telemetry, keepAlive, returns);
    }

    Habits willNotRetained() {
        return new Habits(statesPresence, birthQos, false, willDelay, saysGoodbye, telemetry, keepAlive, returns);
    }

    Habits willDelay(Duration value) {
        return new Habits(statesPresence, birthQos, willRetained, value, saysGoodbye, telemetry, keepAlive, returns);
    }

    Habits leavesWithoutAWord() {
        return new Habits(statesPresence, birthQos, willRetained, willDelay, false, telemetry, keepAlive, returns);
    }

    /** Zero for no telemetry at all. */
    Habits telemetryEach(Duration value) {
        return new Habits(statesPresence, birthQos, willRetained, willDelay, saysGoodbye, value, keepAlive, returns);
    }

    Habits returnsWithin(Duration value) {
        return new Habits(statesPresence, birthQos, willRetained, willDelay, saysGoodbye, telemetry, keepAlive, value);
    }
}
