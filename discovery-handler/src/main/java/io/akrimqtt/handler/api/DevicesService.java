package io.akrimqtt.handler.api;

import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.watch.WatchSnapshot.ServerHealth;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DeviceEvent;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.proto.discovery.v1.ListDevicesResponse;
import io.akrimqtt.proto.discovery.v1.ListServersRequest;
import io.akrimqtt.proto.discovery.v1.ListServersResponse;
import io.akrimqtt.proto.discovery.v1.Server;
import io.akrimqtt.proto.discovery.v1.WatchDevicesRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Comparator;
import java.util.concurrent.Semaphore;

/** What the handler knows about devices, for people and tools. Thread-safe. */
public final class DevicesService extends DevicesGrpc.DevicesImplBase {

    /** How many calls of WatchDevices there may be at the same time. */
    static final int MAX_WATCHERS = 64;

    private final Reporting reporting;
    private final Semaphore places = new Semaphore(MAX_WATCHERS);
    private final int maxWaiting;

    public DevicesService(Reporting reporting) {
        this(reporting, DeviceWatcher.MAX_WAITING);
    }

    /** With another limit, for tests. */
    DevicesService(Reporting reporting, int maxWaiting) {
        this.reporting = reporting;
        this.maxWaiting = maxWaiting;
    }

    @Override
    public void listDevices(ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
        var response = ListDevicesResponse.newBuilder();
        DeviceTable.of(reporting.views(), request.getDevice())
                .messages()
                .sorted(Comparator.comparing(Device::getId).thenComparing(Device::getWatch))
                .forEach(response::addDevices);
        observer.onNext(response.build());
        observer.onCompleted();
    }

    @Override
    public void watchDevices(WatchDevicesRequest request, StreamObserver<DeviceEvent> observer) {
        var call = (ServerCallStreamObserver<DeviceEvent>) observer;
        if (!places.tryAcquire()) {
            call.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription("there are " + MAX_WATCHERS + " calls of WatchDevices already")
                    .asRuntimeException());
            return;
        }
        new DeviceWatcher(reporting, request.getDevice(), call, maxWaiting, places::release).start();
    }

    @Override
    public void listServers(ListServersRequest request, StreamObserver<ListServersResponse> observer) {
        var response = ListServersResponse.newBuilder();
        for (var view : reporting.views()) {
            view.watch().current().servers().forEach(server -> response.addServers(message(view.shortName(), server)));
        }
        observer.onNext(response.build());
        observer.onCompleted();
    }

    private static Server message(String watch, ServerHealth server) {
        return Server.newBuilder()
                .setUrl(server.url())
                .setConnected(server.connected())
                .setProblem(server.problem())
                .addAllSubscriptionProblems(server.subscriptionProblems())
                .setWatch(watch)
                .build();
    }
}
