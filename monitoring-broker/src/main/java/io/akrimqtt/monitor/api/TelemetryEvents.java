package io.akrimqtt.monitor.api;

import com.google.protobuf.UnsafeByteOperations;
import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.telemetry.TelemetryEntry;
import io.akrimqtt.proto.monitoring.v1.Gap;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.TelemetryMessage;

/** Telemetry on the wire. */
final class TelemetryEvents {

    private TelemetryEvents() {}

    static TelemetryEvent message(TelemetryEntry entry) {
        var message = entry.message();
        var sent = TelemetryMessage.newBuilder()
                .setCursor(entry.cursor())
                .setTopic(message.topic().value())
                // The payload is a copy that nobody else has.
                .setPayload(UnsafeByteOperations.unsafeWrap(message.payload()))
                .setContentType(message.contentType().orElse(""))
                .setRetained(message.retain())
                .setQos(message.qos().code())
                .setReceived(Timestamps.of(entry.received()));
        for (UserProperty property : TraceContext.sound(message.userProperties())) {
            sent.addUserProperties(io.akrimqtt.proto.monitoring.v1.UserProperty.newBuilder()
                    .setName(property.name())
                    .setValue(property.value()));
        }
        return TelemetryEvent.newBuilder().setMessage(sent).build();
    }

    static TelemetryEvent gap(long first, long last) {
        return TelemetryEvent.newBuilder()
                .setGap(Gap.newBuilder().setFirstCursor(first).setLastCursor(last))
                .build();
    }
}
