package io.akrimqtt.monitor.api;

import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.api.guard.CallGuard;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.presence.DeviceBelief;
import io.akrimqtt.monitor.presence.PayloadHints;
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
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves one device. Thread-safe. */
public final class MonitoringService extends MonitoringGrpc.MonitoringImplBase {

    private final DeviceView device;
    private final Telemetry telemetry;
    private final DeviceCommands commands;
    private final CommandAccess access;
    private final TelemetryEvents events;

    public MonitoringService(
            DeviceDescription device,
            ServerLinks servers,
            Telemetry telemetry,
            DeviceCommands commands,
            Supplier<DeviceBelief> presence,
            AccessRules rules,
            InstantSource clock) {
        this.access = new CommandAccess(rules, clock);
        this.device = new DeviceView(device, servers, telemetry.counters(), commands, presence);
        this.events = new TelemetryEvents(PayloadHints.of(device));
        this.telemetry = telemetry;
        this.commands = commands;
    }

    @Override
    public void getDevice(GetDeviceRequest request, StreamObserver<Device> observer) {
        if (access.mayRead(observer)) {
            observer.onNext(device.now());
            observer.onCompleted();
        }
    }

    @Override
    public void watchTelemetry(WatchTelemetryRequest request, StreamObserver<TelemetryEvent> observer) {
        if (access.mayRead(observer)) {
            TelemetryStream.start(request, (ServerCallStreamObserver<TelemetryEvent>) observer, telemetry, events);
        }
    }

    @Override
    public void invokeCommand(InvokeCommandRequest request, StreamObserver<CommandStatus> observer) {
        CommandStream.start(request, (ServerCallStreamObserver<CommandStatus>) observer, commands, access);
    }

    @Override
    public void submitCommand(InvokeCommandRequest request, StreamObserver<CommandStatus> observer) {
        CommandStream.submit(request, observer, commands, access);
    }

    @Override
    public void watchCommand(WatchCommandRequest request, StreamObserver<CommandStatus> observer) {
        CommandStream.follow(
                request.getCommandId(), (ServerCallStreamObserver<CommandStatus>) observer, commands, access);
    }

    @Override
    public void listCommands(ListCommandsRequest request, StreamObserver<ListCommandsResponse> observer) {
        if (access.mayRead(observer)) {
            commands.list()
                    .thenAccept(views -> {
                        observer.onNext(CommandViews.of(views, request.getOpenOnly()));
                        observer.onCompleted();
                    })
                    .exceptionally(_ -> unanswered(observer));
        }
    }

    @Override
    public void cancelCommand(CancelCommandRequest request, StreamObserver<CommandStatus> observer) {
        var id = request.getCommandId();
        var caller = CallGuard.caller();
        commands.find(id)
                .thenCompose(found -> found.filter(
                                view -> access.mayCancel(caller, view.order().command(), id))
                        .map(_ -> commands.cancel(id, "taken back"))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())))
                .thenAccept(found -> found.ifPresentOrElse(
                        view -> {
                            observer.onNext(CommandStatuses.of(view.latest()));
                            observer.onCompleted();
                        },
                        () -> observer.onError(CommandStream.unknown(id))))
                .exceptionally(_ -> unanswered(observer));
    }

    /** Nobody is left waiting for what will not come. */
    private static @Nullable Void unanswered(StreamObserver<?> observer) {
        observer.onError(Status.UNAVAILABLE
                .withDescription("the workload is about to end")
                .asRuntimeException());
        return null;
    }
}
