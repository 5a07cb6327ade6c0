package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.access.Workload;
import io.akrimqtt.cli.inspect.InspectException.Kind;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.TelemetryMessage;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.StatusRuntimeException;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

/**
 * Follows what a device publishes.
 *
 * @param filters topic filters; none for all
 * @param lastValues whether to begin with the last value of each topic
 */
public record TelemetryWatch(List<String> filters, boolean lastValues) {

    public TelemetryWatch {
        filters = List.copyOf(filters);
    }

    /**
     * Tells of each message as an event, until the reader has had enough or the workload ends.
     *
     * @param reader false for enough
     * @throws InspectException where the workload ends, or refuses
     */
    public void follow(Workload instance, InstantSource clock, Predicate<Event> reader) throws InspectException {
        var request = WatchTelemetryRequest.newBuilder()
                .addAllTopicFilters(filters)
                .setLastValues(lastValues)
                .build();
        try (var connection = Calls.open(instance)) {
            var events = MonitoringGrpc.newBlockingStub(connection.channel()).watchTelemetry(request);
            while (events.hasNext()) {
                if (!tell(events.next(), instance, clock, reader)) {
                    return;
                }
            }
            throw new InspectException(Kind.FAILED, "the workload " + instance.instance() + " has ended");
        } catch (StatusRuntimeException e) {
            throw new InspectException(Kind.FAILED, Calls.sentence(instance, e));
        }
    }

    private static boolean tell(TelemetryEvent event, Workload instance, InstantSource clock, Predicate<Event> reader) {
        return switch (event.getEventCase()) {
            case MESSAGE -> reader.test(message(event.getMessage(), instance, clock));
            case GAP ->
                reader.test(Event.of(EventType.TELEMETRY_GAP, clock.instant())
                        .with(Field.DEVICE, instance.deviceName())
                        .with(Field.INSTANCE, instance.instance())
                        .with(Field.FIRST_CURSOR, event.getGap().getFirstCursor())
                        .with(Field.LAST_CURSOR, event.getGap().getLastCursor()));
            // A newer workload's news.
            case EVENT_NOT_SET -> true;
        };
    }

    private static Event message(TelemetryMessage message, Workload instance, InstantSource clock) {
        var event = Event.of(EventType.TELEMETRY_MESSAGE, clock.instant())
                .with(Field.DEVICE, instance.deviceName())
                .with(Field.INSTANCE, instance.instance())
                .with(Field.TOPIC, message.getTopic())
                .with(Field.CONTENT_TYPE, message.getContentType())
                .with(Field.QOS, message.getQos())
                .with(Field.CURSOR, message.getCursor());
        var kept = message.getRetained() ? event.with(Field.RETAINED, true) : event;
        return Printable.payload(kept, message.getPayload().toByteArray());
    }
}
