package io.akrimqtt.monitor.api;

import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.Device;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** Serves one device. Thread-safe. */
public final class MonitoringService extends MonitoringGrpc.MonitoringImplBase {

    private final DeviceView device;
    private final Telemetry telemetry;
    private final DeviceCommands commands;

    public MonitoringService(
            DeviceDescription device, ServerLinks servers, Telemetry telemetry, DeviceCommands commands) {
        this.device = new DeviceView(device, servers, telemetry.counters());
        this.telemetry = telemetry;
        this.commands = commands;
    }

    @Override
    public void getDevice(GetDeviceRequest request, StreamObserver<Device> observer) {
        observer.onNext(device.now());
        observer.onCompleted();
    }

    @Override
    public void watchTelemetry(WatchTelemetryRequest request, StreamObserver<TelemetryEvent> observer) {
        TelemetryStream.start(request, (ServerCallStreamObserver<TelemetryEvent>) observer, telemetry);
    }

    @Override
    public void invokeCommand(InvokeCommandRequest request, StreamObserver<CommandStatus> observer) {
        CommandStream.start(request, (ServerCallStreamObserver<CommandStatus>) observer, commands);
    }
}
