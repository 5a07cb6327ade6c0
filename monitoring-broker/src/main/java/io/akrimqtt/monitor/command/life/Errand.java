package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.Payload;
import java.time.Duration;

/**
 * What a device is to do.
 *
 * @param command one topic level
 * @param timeout how long to wait for the answer: from being sent where it may wait in the queue, else from now
 * @param oneWay publish and do not wait for an answer
 * @param member the topic of the device of a group that it is for; empty where the workload has one device
 */
public record Errand(String command, Payload payload, Duration timeout, boolean oneWay, String member) {

    /** The same, for this device of a group. */
    Errand to(String device) {
        return new Errand(command, payload, timeout, oneWay, device);
    }

    /** Without the payload, for what has ended. */
    Errand emptied() {
        return new Errand(command, Payload.EMPTY, timeout, oneWay, member);
    }
}
