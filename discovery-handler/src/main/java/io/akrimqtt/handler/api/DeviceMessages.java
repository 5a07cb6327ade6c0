package io.akrimqtt.handler.api;

import com.google.protobuf.Timestamp;
import io.akrimqtt.handler.report.DeviceProperties;
import io.akrimqtt.handler.report.WatchView;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.Evidence;
import io.akrimqtt.proto.discovery.v1.Presence;
import io.akrimqtt.proto.discovery.v1.Transition;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Turns what the handler knows into messages of its API. */
final class DeviceMessages {

    private DeviceMessages() {}

    static Device device(WatchView view, TrackedDevice device) {
        var message = Device.newBuilder()
                .setId(device.id())
                .setName(device.name())
                .setPresence(presence(device.presence()))
                .setListed(device.listed())
                .setFlapping(device.flapping())
                .setEvidence(evidence(device.evidence()))
                .putAllProperties(DeviceProperties.of(view.details(), device))
                .setWatch(view.shortName())
                .setInstanceHash(view.report().ids().hashOf(device.id()));
        device.transitions().forEach(transition -> message.addTransitions(transition(transition)));
        return message.build();
    }

    private static Transition transition(io.akrimqtt.presence.state.Transition transition) {
        return Transition.newBuilder()
                .setFrom(presence(transition.from()))
                .setTo(presence(transition.to()))
                .setEvidence(evidence(transition.evidence()))
                .build();
    }

    private static Evidence evidence(io.akrimqtt.presence.state.Evidence evidence) {
        @Nullable String topic = evidence.topic();
        return Evidence.newBuilder()
                .setKind(evidence.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .setTopic(topic == null ? "" : topic)
                .setAt(timestamp(evidence.at()))
                .setText(evidence.text())
                .build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }

    private static Presence presence(io.akrimqtt.presence.state.Presence presence) {
        return switch (presence) {
            case UNKNOWN -> Presence.PRESENCE_UNKNOWN;
            case ONLINE -> Presence.PRESENCE_ONLINE;
            case SLEEPING -> Presence.PRESENCE_SLEEPING;
            case OFFLINE -> Presence.PRESENCE_OFFLINE;
        };
    }
}
