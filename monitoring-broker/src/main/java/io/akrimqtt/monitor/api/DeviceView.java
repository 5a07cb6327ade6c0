package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.ServerLink;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.presence.DeviceBelief;
import io.akrimqtt.monitor.telemetry.TelemetryCounters;
import io.akrimqtt.proto.monitoring.v1.CommandQueue;
import io.akrimqtt.proto.monitoring.v1.Device;
import io.akrimqtt.proto.monitoring.v1.DevicePresence;
import io.akrimqtt.proto.monitoring.v1.ServerConnection;
import java.util.Locale;
import java.util.function.Supplier;

/** The device as callers see it. Thread-safe. */
final class DeviceView {

    private final DeviceDescription device;
    private final ServerLinks servers;
    private final TelemetryCounters counters;
    private final DeviceCommands commands;
    private final Supplier<DeviceBelief> presence;

    DeviceView(
            DeviceDescription device,
            ServerLinks servers,
            TelemetryCounters counters,
            DeviceCommands commands,
            Supplier<DeviceBelief> presence) {
        this.commands = commands;
        this.presence = presence;
        this.device = device;
        this.servers = servers;
        this.counters = counters;
    }

    Device now() {
        var view = Device.newBuilder()
                .setId(device.id().value())
                .setName(device.name())
                .putAllProperties(device.properties())
                .addAllTelemetryFilters(device.telemetryFilters().stream()
                        .map(TopicFilter::value)
                        .toList())
                .setReceived(counters.received());
        servers.all().forEach(link -> view.addServers(connection(link)));
        counters.lastReceived().ifPresent(at -> view.setLastReceived(Timestamps.of(at)));
        view.setPresence(presence(presence.get()));
        var topics = device.commands();
        if (topics != null) {
            view.setQueue(queue());
            view.setCommandTopic(topics.request().toString());
            var response = topics.response();
            if (response != null) {
                view.setResponseTopic(response.toString());
            }
        }
        return view.build();
    }

    private CommandQueue queue() {
        var keeping = commands.keeping();
        return CommandQueue.newBuilder()
                .setWaiting(commands.waiting())
                .setInFlight(commands.inFlight())
                .setOrder(commands.order().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .setDurable(keeping.durable())
                .setProblem(keeping.problem())
                .build();
    }

    private static DevicePresence presence(DeviceBelief belief) {
        var view = DevicePresence.newBuilder().setState(belief.presence().name().toLowerCase(Locale.ROOT));
        var evidence = belief.evidence();
        if (evidence == null) {
            return view.setText("nothing was heard of it").build();
        }
        var topic = evidence.topic();
        return view.setEvidence(evidence.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .setTopic(topic == null ? "" : topic)
                .setAt(Timestamps.of(evidence.at()))
                .setText(evidence.text())
                .build();
    }

    private static ServerConnection connection(ServerLink link) {
        var state = link.state();
        var protocol = state.protocol();
        return ServerConnection.newBuilder()
                .setUrl(link.url().toString())
                .setConnected(state.connected())
                .setProtocol(protocol == null ? "" : protocol.text())
                .setProblem(state.connected() ? link.notReady().orElse("") : state.problem())
                .build();
    }
}
