package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.proto.monitoring.v1.Gap;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.TelemetryMessage;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.StatusRuntimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Follows what a device publishes.
 *
 * @param wishes where to begin, and what to leave out
 */
public record TelemetryWatch(TelemetryWishes wishes) {

    private static final String REASON = "GAP_REASON_";

    /**
     * Tells of each message as an event, until the reader has had enough, all has come that was asked for, or the workload ends.
     *
     * @param reader false for enough
     * @throws InspectException where the workload ends, or refuses
     */
    public void follow(Workload instance, InstantSource clock, Predicate<Event> reader) throws InspectException {
        var request = wishes.request();
        try (var connection = Calls.open(instance)) {
            var events = MonitoringGrpc.newBlockingStub(connection.channel()).watchTelemetry(request);
            while (events.hasNext()) {
                if (!tell(events.next(), instance, clock, reader)) {
                    return;
                }
            }
            ended(request, instance);
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(instance, e));
        }
    }

    private static void ended(WatchTelemetryRequest request, Workload instance) throws InspectException {
        if (!request.getHeldOnly()) {
            throw new InspectException(Kind.FAILED, "the workload " + instance.instance() + " has ended");
        }
    }

    private boolean tell(TelemetryEvent event, Workload instance, InstantSource clock, Predicate<Event> reader) {
        return switch (event.getEventCase()) {
            case MESSAGE -> reader.test(message(event.getMessage(), instance, clock));
            case GAP -> reader.test(gap(event.getGap(), instance, clock));
            case BATCH ->
                event.getBatch().getEventsList().stream().allMatch(each -> tell(each, instance, clock, reader));
            // A newer workload's news.
            case EVENT_NOT_SET -> true;
        };
    }

    private static Event gap(Gap gap, Workload instance, InstantSource clock) {
        var reason = gap.getReason().name().replace(REASON, "").toLowerCase(Locale.ROOT);
        var event = Event.of(EventType.TELEMETRY_GAP, clock.instant())
                .with(Field.DEVICE, instance.deviceName())
                .with(Field.INSTANCE, instance.instance())
                .with(Field.FIRST_CURSOR, gap.getFirstCursor())
                .with(Field.LAST_CURSOR, gap.getLastCursor())
                .with(Field.EPOCH, Integer.toUnsignedLong(gap.getEpoch()))
                .with(Field.GAP_REASON, reason)
                .with(Field.TEXT, gap.getText());
        return gap.hasMissed() ? event.with(Field.MISSED, gap.getMissed()) : event;
    }

    private Event message(TelemetryMessage message, Workload instance, InstantSource clock) {
        var event = Event.of(EventType.TELEMETRY_MESSAGE, clock.instant())
                .with(Field.DEVICE, instance.deviceName())
                .with(Field.INSTANCE, instance.instance())
                .with(Field.TOPIC, message.getTopic())
                .with(Field.CONTENT_TYPE, message.getContentType())
                .with(Field.TYPE_HINT, message.getTypeHint())
                .with(Field.USER_PROPERTIES, properties(message))
                .with(Field.QOS, message.getQos())
                .with(Field.CURSOR, message.getCursor())
                .with(Field.EPOCH, Integer.toUnsignedLong(message.getEpoch()))
                .with(Field.RECEIVED, received(message));
        var kept = message.getRetained() ? event.with(Field.RETAINED, true) : event;
        var merged = message.getConflated() > 0 ? kept.with(Field.CONFLATED, message.getConflated()) : kept;
        var payload = message.getPayload().toByteArray();
        return wishes.base64() ? Printable.payloadBase64(merged, payload) : Printable.payload(merged, payload);
    }

    private static String properties(TelemetryMessage message) {
        return message.getUserPropertiesList().stream()
                .map(property -> property.getName() + "=" + property.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static String received(TelemetryMessage message) {
        var at = message.getReceived();
        return message.hasReceived()
                ? Instant.ofEpochSecond(at.getSeconds(), at.getNanos()).toString()
                : "";
    }
}
