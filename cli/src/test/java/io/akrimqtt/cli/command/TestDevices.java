package io.akrimqtt.cli.command;

import com.google.protobuf.Timestamp;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DeviceEvent;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.Evidence;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.proto.discovery.v1.ListDevicesResponse;
import io.akrimqtt.proto.discovery.v1.ListServersRequest;
import io.akrimqtt.proto.discovery.v1.ListServersResponse;
import io.akrimqtt.proto.discovery.v1.Members;
import io.akrimqtt.proto.discovery.v1.Presence;
import io.akrimqtt.proto.discovery.v1.Server;
import io.akrimqtt.proto.discovery.v1.Transition;
import io.akrimqtt.proto.discovery.v1.WatchDevicesRequest;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.List;

/** The API of a discovery handler that knows a few devices. */
final class TestDevices extends DevicesGrpc.DevicesImplBase {

    private final List<Device> devices = List.of(
            device("hall-1/press-1", Presence.PRESENCE_OFFLINE).build(),
            device("hall-2/press-1", Presence.PRESENCE_ONLINE).build(),
            pump(),
            device("lines/l1/saw", Presence.PRESENCE_ONLINE)
                    .setName("saw")
                    .setGroup("lines/l1")
                    .clearInstanceHash()
                    .build(),
            device("lines/l1", Presence.PRESENCE_ONLINE)
                    .setMembers(Members.newBuilder()
                            .setKnown(3)
                            .setListed(1)
                            .setOnline(1)
                            .setOffline(2))
                    .build());

    private static Device pump() {
        return device("hall-1/pump", Presence.PRESENCE_OFFLINE)
                .setListed(true)
                .setFlapping(true)
                .setEvidence(status("2026-11-20T11:57:00Z", "hall-1/pump/status", "it said offline"))
                .addTransitions(transition(
                        Presence.PRESENCE_UNKNOWN,
                        Presence.PRESENCE_ONLINE,
                        status("2026-11-20T11:50:00Z", "hall-1/pump/status", "it said that it is online")))
                .addTransitions(transition(
                        Presence.PRESENCE_ONLINE,
                        Presence.PRESENCE_OFFLINE,
                        status("2026-11-20T11:57:00Z", "hall-1/pump/status", "it said offline")))
                .build();
    }

    private static Device.Builder device(String id, Presence presence) {
        return Device.newBuilder()
                .setId(id)
                .setName(id.substring(id.indexOf('/') + 1))
                .setPresence(presence)
                .setListed(presence == Presence.PRESENCE_ONLINE)
                .setWatch("watch-1")
                .setInstanceHash("%06x".formatted(id.hashCode() & 0xffffff))
                .setEvidence(Evidence.newBuilder()
                        .setKind("silence")
                        .setText("nothing came from it")
                        .setAt(time("2026-11-20T09:00:00Z")));
    }

    private static Evidence status(String at, String topic, String text) {
        return Evidence.newBuilder()
                .setKind("status")
                .setTopic(topic)
                .setText(text)
                .setAt(time(at))
                .build();
    }

    private static Transition transition(Presence from, Presence to, Evidence evidence) {
        return Transition.newBuilder()
                .setFrom(from)
                .setTo(to)
                .setEvidence(evidence)
                .build();
    }

    private static Timestamp time(String text) {
        return Timestamp.newBuilder()
                .setSeconds(Instant.parse(text).getEpochSecond())
                .build();
    }

    @Override
    public void listDevices(ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
        var text = request.getDevice();
        observer.onNext(ListDevicesResponse.newBuilder()
                .addAllDevices(devices.stream()
                        .filter(device ->
                                device.getId().equals(text) || device.getName().equals(text))
                        .toList())
                .build());
        observer.onCompleted();
    }

    @Override
    public void watchDevices(WatchDevicesRequest request, StreamObserver<DeviceEvent> observer) {
        devices.forEach(device -> observer.onNext(
                DeviceEvent.newBuilder().setDevice(device).setSnapshot(true).build()));
        observer.onNext(DeviceEvent.newBuilder().setSnapshotComplete(true).build());
    }

    @Override
    public void listServers(ListServersRequest request, StreamObserver<ListServersResponse> observer) {
        observer.onNext(ListServersResponse.newBuilder()
                .addServers(Server.newBuilder()
                        .setUrl("tcp://h:1883")
                        .setConnected(true)
                        .setWatch("watch-1")
                        .addSubscriptionProblems("refused: hall-3/#"))
                .addServers(Server.newBuilder().setUrl("tcp://other:1883").setWatch("watch-2"))
                .build());
        observer.onCompleted();
    }
}
