package io.akrimqtt.monitor.command.life;

import io.akrimqtt.messaging.rpc.Origin;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How commands end without an answer of the device: code, origin, whether to try again, text. */
final class Endings {

    private Endings() {}

    static CommandOutcome noServer() {
        return CommandOutcome.refused(503, Origin.SERVER, true, "no MQTT server of the device is connected");
    }

    static CommandOutcome unreachable(String reason) {
        return CommandOutcome.refused(503, Origin.DEVICE, true, reason);
    }

    static CommandOutcome tooManyInFlight(int most) {
        return CommandOutcome.refused(429, Origin.QUEUE, true, most + " commands are under way (expected: fewer)");
    }

    static CommandOutcome tooManyWaiting(int most) {
        return CommandOutcome.refused(429, Origin.QUEUE, true, most + " commands wait (expected: fewer)");
    }

    static CommandOutcome tooManyBytes(long most) {
        return CommandOutcome.refused(
                429, Origin.QUEUE, true, "the payloads that wait would have more than " + most + " bytes");
    }

    static CommandOutcome conflict() {
        return CommandOutcome.refused(
                409,
                Origin.CALLER,
                false,
                "idempotency key: was used for another command or payload (expected: a new key for a new order)");
    }

    static CommandOutcome notKept(String reason) {
        return CommandOutcome.refused(503, Origin.SERVER, true, "the command could not be kept: " + reason);
    }

    static CommandOutcome expired(Command command) {
        var text = command.queued()
                ? "was not sent within its time to live of " + seconds(command)
                : "its turn did not come within " + command.order.timeout().toMillis() + " ms";
        return CommandOutcome.refused(410, Origin.QUEUE, true, text);
    }

    private static String seconds(Command command) {
        return Duration.between(command.submitted, command.until).toSeconds() + " s";
    }

    static CommandOutcome timedOut(Command command) {
        long millis = command.order.timeout().toMillis();
        if (command.attempt == 0) {
            return CommandOutcome.refused(
                    504,
                    Origin.QUEUE,
                    true,
                    "its workload ended when it sent it, and no answer came: it may or may not have been done");
        }
        return command.acknowledged
                ? CommandOutcome.refused(504, Origin.DEVICE, true, "no answer within " + millis + " ms")
                : CommandOutcome.refused(
                        504,
                        Origin.SERVER,
                        true,
                        "the MQTT server has not acknowledged it within " + millis + " ms, and no answer came");
    }

    static CommandOutcome unheard() {
        return CommandOutcome.refused(
                504,
                Origin.QUEUE,
                true,
                "another workload of the device took it over, and of its end nothing was heard");
    }

    static CommandOutcome replaced(@Nullable String by) {
        return CommandOutcome.refused(499, Origin.CALLER, false, "replaced by the command " + by);
    }

    static CommandOutcome cancelled(String reason, boolean sent) {
        var text = sent ? reason + "; it had been sent, so the device may do it all the same" : reason;
        return CommandOutcome.refused(499, Origin.CALLER, false, text);
    }
}
