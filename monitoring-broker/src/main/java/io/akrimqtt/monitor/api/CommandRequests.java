package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandPriority;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.command.life.TrafficClass;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.Priority;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Requests from the wire; what is out of bounds stays so, for the rules to refuse it. */
final class CommandRequests {

    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    private CommandRequests() {}

    static CommandOrder order(InvokeCommandRequest request, Duration timeout, String caller) {
        var contentType = request.getContentType();
        var payload = Payload.of(request.getPayload().toByteArray(), contentType.isEmpty() ? null : contentType);
        return new CommandOrder(request.getCommand(), payload, timeout, request.getOneWay())
                .to(request.getMember())
                .queued(queueing(request))
                .withIdempotencyKey(request.getIdempotencyKey())
                .withRepeatable(request.getRepeatable())
                .in(traffic(request.getTrafficClass()))
                .from(caller);
    }

    /** What the caller asks for, or the default. */
    static Duration timeout(InvokeCommandRequest request) {
        return request.hasTimeout() ? duration(request.getTimeout()) : CommandOrder.DEFAULT_TIMEOUT;
    }

    private static @Nullable Queueing queueing(InvokeCommandRequest request) {
        if (!request.hasQueueing()) {
            return null;
        }
        var asked = request.getQueueing();
        var ttl = asked.hasTtl() ? duration(asked.getTtl()) : Queueing.DEFAULT_TTL;
        return new Queueing(ttl, priority(asked.getPriority()), asked.getReplaceKey());
    }

    private static CommandPriority priority(Priority priority) {
        return switch (priority) {
            case PRIORITY_HIGH -> CommandPriority.HIGH;
            case PRIORITY_LOW -> CommandPriority.LOW;
            case PRIORITY_NORMAL, PRIORITY_UNSPECIFIED, UNRECOGNIZED -> CommandPriority.NORMAL;
        };
    }

    private static TrafficClass traffic(io.akrimqtt.proto.monitoring.v1.TrafficClass asked) {
        return switch (asked) {
            case TRAFFIC_CLASS_CONTROL -> TrafficClass.CONTROL;
            case TRAFFIC_CLASS_BULK -> TrafficClass.BULK;
            case TRAFFIC_CLASS_NORMAL, TRAFFIC_CLASS_UNSPECIFIED, UNRECOGNIZED -> TrafficClass.NORMAL;
        };
    }

    private static Duration duration(com.google.protobuf.Duration duration) {
        long seconds = Math.clamp(duration.getSeconds(), -LONGEST_SECONDS, LONGEST_SECONDS);
        return Duration.ofSeconds(seconds, duration.getNanos());
    }
}
