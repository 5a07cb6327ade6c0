package io.akrimqtt.monitor.api;

import com.google.protobuf.UnsafeByteOperations;
import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.presence.PayloadHints;
import io.akrimqtt.monitor.telemetry.GapCause;
import io.akrimqtt.monitor.telemetry.TelemetryRead;
import io.akrimqtt.proto.monitoring.v1.Gap;
import io.akrimqtt.proto.monitoring.v1.GapReason;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.TelemetryMessage;

/**
 * Telemetry on the wire.
 *
 * @param hints what payloads are that do not say it themselves
 */
record TelemetryEvents(PayloadHints hints) {

    /** @param epoch which process gave the cursor */
    TelemetryEvent message(TelemetryRead.Found found, int epoch) {
        var entry = found.entry();
        var message = entry.message();
        var sent = TelemetryMessage.newBuilder()
                .setCursor(entry.cursor())
                .setEpoch(epoch)
                .setTopic(message.topic().value())
                // The payload is a copy that nobody else has.
                .setPayload(UnsafeByteOperations.unsafeWrap(message.payload()))
                .setContentType(message.contentType().orElse(""))
                .setUtf8(message.utf8())
                .setTypeHint(hints.of(message))
                .setRetained(message.retain())
                .setQos(message.qos().code())
                .setConflated(found.conflated())
                .setReceived(Timestamps.of(entry.received()));
        for (UserProperty property : TraceContext.sound(message.userProperties())) {
            sent.addUserProperties(io.akrimqtt.proto.monitoring.v1.UserProperty.newBuilder()
                    .setName(property.name())
                    .setValue(property.value()));
        }
        return TelemetryEvent.newBuilder().setMessage(sent).build();
    }

    static TelemetryEvent gap(TelemetryRead.Missed missed, int epoch) {
        var gap = Gap.newBuilder()
                .setFirstCursor(missed.first())
                .setLastCursor(missed.last())
                .setEpoch(epoch)
                .setReason(reason(missed.cause()))
                .setText(missed.text());
        if (missed.count() != TelemetryRead.Missed.UNKNOWN) {
            gap.setMissed(missed.count());
        }
        return TelemetryEvent.newBuilder().setGap(gap).build();
    }

    private static GapReason reason(GapCause cause) {
        return switch (cause) {
            case OVERRUN -> GapReason.GAP_REASON_OVERRUN;
            case TOO_LARGE -> GapReason.GAP_REASON_TOO_LARGE;
            case UNKNOWN_CURSOR -> GapReason.GAP_REASON_UNKNOWN_CURSOR;
            case NOT_HELD -> GapReason.GAP_REASON_NOT_HELD;
            case SESSION_LOST -> GapReason.GAP_REASON_SESSION_LOST;
            case INTERRUPTED -> GapReason.GAP_REASON_INTERRUPTED;
        };
    }
}
