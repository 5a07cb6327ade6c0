package io.akrimqtt.monitor.api;

import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.presence.DeviceBelief;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.proto.monitoring.v1.CancelCommandRequest;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.Device;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsResponse;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchCommandRequest;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Serves one device. Thread-safe. */
public final class MonitoringService extends MonitoringGrpc.MonitoringImplBase {

    /** Where nobody says who asks. */
    private static final String NOBODY = "";

    private final DeviceView device;
    private final Telemetry telemetry;
    private final DeviceCommands commands;

    public MonitoringService(
            DeviceDescription device,
            ServerLinks servers,
            Telemetry telemetry,
            DeviceCommands commands,
            Supplier<DeviceBelief> presence) {
        this.device = new DeviceView(device, servers, telemetry.counters(), commands, presence);
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
        CommandStream.start(request, (ServerCallStreamObserver<CommandStatus>) observer, commands, NOBODY);
    }

    @Override
    public void submitCommand(InvokeCommandRequest request, StreamObserver<CommandStatus> observer) {
        var order = CommandRequests.order(request, CommandRequests.timeout(request), NOBODY);
        var told = new AtomicBoolean();
        var _ = commands.invoke(order.queueing() == null ? order.queued(Queueing.DEFAULT) : order, update -> {
            if (told.compareAndSet(false, true)) {
                observer.onNext(CommandStatuses.of(update));
                observer.onCompleted();
            }
        });
    }

    @Override
    public void watchCommand(WatchCommandRequest request, StreamObserver<CommandStatus> observer) {
        CommandStream.follow(request.getCommandId(), (ServerCallStreamObserver<CommandStatus>) observer, commands);
    }

    @Override
    public void listCommands(ListCommandsRequest request, StreamObserver<ListCommandsResponse> observer) {
        commands.list()
                .thenAccept(views -> {
                    var response = ListCommandsResponse.newBuilder();
                    views.stream()
                            .filter(view -> !(request.getOpenOnly()
                                    && view.latest().outcome().last()))
                            .forEach(view -> response.addCommands(CommandViews.of(view)));
                    observer.onNext(response.build());
                    observer.onCompleted();
                })
                .exceptionally(_ -> null);
    }

    @Override
    public void cancelCommand(CancelCommandRequest request, StreamObserver<CommandStatus> observer) {
        var id = request.getCommandId();
        commands.cancel(id, "taken back")
                .thenAccept(found -> found.ifPresentOrElse(
                        view -> {
                            observer.onNext(CommandStatuses.of(view.latest()));
                            observer.onCompleted();
                        },
                        () -> observer.onError(CommandStream.unknown(id))))
                .exceptionally(_ -> null);
    }
}
