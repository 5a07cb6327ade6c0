package io.akrimqtt.cli.inspect;

import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.Priority;
import io.akrimqtt.proto.monitoring.v1.Queueing;
import java.time.Duration;

/**
 * What a command does where the device is not there, and when it is asked for twice.
 *
 * @param queued whether it waits for the device
 * @param ttl how long
 * @param priority high, normal or low
 * @param replaceKey what it takes the place of; empty for nothing
 * @param idempotencyKey empty for none
 * @param repeatable whether doing it twice does no harm
 */
public record CommandWaiting(
        boolean queued, Duration ttl, Priority priority, String replaceKey, String idempotencyKey, boolean repeatable) {

    /** It does not wait, and may be asked for any number of times. */
    static final CommandWaiting NOT = new CommandWaiting(false, Duration.ZERO, Priority.PRIORITY_NORMAL, "", "", false);

    /** How long its answer may be waited for beyond its timeout. */
    Duration longest() {
        return queued ? ttl : Duration.ZERO;
    }

    void addTo(InvokeCommandRequest.Builder request) {
        request.setIdempotencyKey(idempotencyKey).setRepeatable(repeatable);
        if (queued) {
            request.setQueueing(Queueing.newBuilder()
                    .setTtl(com.google.protobuf.Duration.newBuilder()
                            .setSeconds(ttl.toSeconds())
                            .setNanos(ttl.toNanosPart()))
                    .setPriority(priority)
                    .setReplaceKey(replaceKey));
        }
    }

    /** Keys may be secret. */
    @Override
    public String toString() {
        return "CommandWaiting[" + queued + ", " + ttl + "]";
    }
}
