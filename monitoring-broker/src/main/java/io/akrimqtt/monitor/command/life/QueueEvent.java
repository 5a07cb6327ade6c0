package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.CommandEvent;
import java.time.Instant;

/** What happened, with the time at which we learned it. Any event is legal at any time. */
public sealed interface QueueEvent {

    Instant at();

    /** A caller wants something done; the order was checked. */
    record Submitted(Instant at, String id, CommandOrder order) implements QueueEvent {}

    /** The record of a {@link QueueDecision.Keep} with this ticket is safe. */
    record Kept(Instant at, String id, long ticket) implements QueueEvent {}

    /** It could not be made safe. */
    record NotKept(Instant at, String id, long ticket, String reason) implements QueueEvent {}

    /** A record of an earlier process was found. */
    record Restored(Instant at, CommandRecord command) implements QueueEvent {}

    /**
     * Another workload of the device has written the record of a command.
     *
     * @param lost that one minds the command, or has ended it; else it is ours
     */
    record Contested(Instant at, CommandRecord theirs, boolean lost) implements QueueEvent {}

    /** All of them were found, as far as anybody can know. Nothing that waits is sent before. */
    record Loaded(Instant at) implements QueueEvent {}

    /**
     * What is known of a device.
     *
     * @param member its topic where it is one of a group, else empty
     * @param reachable whether commands may be sent to it
     * @param reason why not, one sentence
     */
    record Reach(Instant at, String member, boolean reachable, String reason) implements QueueEvent {

        /** What is known of the workload's one device. */
        public Reach(Instant at, boolean reachable, String reason) {
            this(at, "", reachable, reason);
        }
    }

    /** Whether there is an MQTT server to send over. */
    record Line(Instant at, boolean connected) implements QueueEvent {}

    /**
     * What became of a {@link QueueDecision.Send}.
     *
     * @param attempt the decision's; reports of earlier ones are ignored
     */
    record Reported(Instant at, String id, int attempt, CommandEvent event) implements QueueEvent {}

    /** An answer that no request waits for any more, or that is for a request of an earlier process. */
    record Overheard(Instant at, String id, CommandEvent event) implements QueueEvent {}

    /** Somebody takes it back. */
    record Cancelled(Instant at, String id, String reason) implements QueueEvent {}

    /** Time has passed. */
    record Tick(Instant at) implements QueueEvent {}
}
