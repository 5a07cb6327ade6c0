package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.ServerLink;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.telemetry.TelemetryCounters;
import io.akrimqtt.proto.monitoring.v1.Device;
import io.akrimqtt.proto.monitoring.v1.ServerConnection;

/** The device as callers see it. Thread-safe. */
final class DeviceView {

    private final DeviceDescription device;
    private final ServerLinks servers;
    private final TelemetryCounters counters;

    DeviceView(DeviceDescription device, ServerLinks servers, TelemetryCounters counters) {
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
        var commands = device.commands();
        if (commands != null) {
            view.setCommandTopic(commands.request().toString());
            var response = commands.response();
            if (response != null) {
                view.setResponseTopic(response.toString());
            }
        }
        return view.build();
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
