package io.akrimqtt.handler.api;

import com.google.protobuf.Timestamp;
import io.akrimqtt.handler.details.GroupLevel;
import io.akrimqtt.handler.report.DeviceProperties;
import io.akrimqtt.handler.report.WatchView;
import io.akrimqtt.handler.watch.DeviceGroup;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.Evidence;
import io.akrimqtt.proto.discovery.v1.Members;
import io.akrimqtt.proto.discovery.v1.Presence;
import io.akrimqtt.proto.discovery.v1.Transition;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns what the handler knows into messages of its API. */
final class DeviceMessages {

    private DeviceMessages() {}

    /** @param level what Akri gets in place of devices, if it does */
    static Device device(WatchView view, TrackedDevice device, Optional<GroupLevel> level) {
        if (level.isEmpty()) {
            return reported(view, device).build();
        }
        return message(view, device)
                .setGroup(level.get().groupOf(device.id()).orElse(""))
                .build();
    }

    static Device group(WatchView view, DeviceGroup group) {
        return reported(view, group.device())
                .setMembers(Members.newBuilder()
                        .setKnown(group.size())
                        .setListed(group.listed())
                        .setOnline(count(group, io.akrimqtt.presence.state.Presence.ONLINE))
                        .setSleeping(count(group, io.akrimqtt.presence.state.Presence.SLEEPING))
                        .setUnknown(count(group, io.akrimqtt.presence.state.Presence.UNKNOWN))
                        .setOffline(count(group, io.akrimqtt.presence.state.Presence.OFFLINE)))
                .build();
    }

    private static int count(DeviceGroup group, io.akrimqtt.presence.state.Presence presence) {
        return group.members().getOrDefault(presence, 0);
    }

    /** One that Akri gets, or would get. */
    private static Device.Builder reported(WatchView view, TrackedDevice device) {
        return message(view, device)
                .putAllProperties(DeviceProperties.of(view.details(), device))
                .setInstanceHash(view.report().ids().hashOf(device.id()));
    }

    private static Device.Builder message(WatchView view, TrackedDevice device) {
        var message = Device.newBuilder()
                .setId(device.id())
                .setName(device.name())
                .setPresence(presence(device.presence()))
                .setListed(device.listed())
                .setFlapping(device.flapping())
                .setEvidence(evidence(device.evidence()))
                .setWatch(view.shortName());
        device.transitions().forEach(transition -> message.addTransitions(transition(transition)));
        return message;
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
