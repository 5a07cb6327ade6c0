package io.akrimqtt.handler.api;

import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DeviceEvent;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.Semaphore;

/**
 * One call of WatchDevices. Its virtual thread alone owns its state; others wake it. A reader that is too slow for its changes is
 * ended.
 */
final class DeviceWatcher {

    /** How many changes may wait for the reader; the first burst does not count. */
    static final int MAX_WAITING = 10_000;

    private final Reporting reporting;
    private final String text;
    private final ServerCallStreamObserver<DeviceEvent> call;
    private final int maxWaiting;
    private final Runnable ended;
    private final Semaphore wake = new Semaphore(1);
    private final Queue<DeviceEvent> waiting = new ArrayDeque<>();
    private DeviceTable known = DeviceTable.empty();
    private Iterator<Device> burst = Collections.emptyIterator();
    private boolean burstSent;

    DeviceWatcher(
            Reporting reporting,
            String text,
            ServerCallStreamObserver<DeviceEvent> call,
            int maxWaiting,
            Runnable ended) {
        this.reporting = reporting;
        this.text = text;
        this.call = call;
        this.maxWaiting = maxWaiting;
        this.ended = ended;
    }

    /** Goes on until the caller or the handler ends. Call it on the thread of the gRPC method. */
    void start() {
        call.setOnReadyHandler(this::wake);
        call.setOnCancelHandler(this::wake);
        Thread.ofVirtual().name("watch-devices").start(this::run);
    }

    private void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void run() {
        try (var _ = reporting.onChange(this::wake)) {
            known = DeviceTable.of(reporting.views(), text);
            burst = known.messages().iterator();
            while (!call.isCancelled()) {
                wake.acquire();
                wake.drainPermits();
                changes();
                if (waiting.size() > maxWaiting) {
                    call.onError(Status.RESOURCE_EXHAUSTED
                            .withDescription("too slow: more than " + maxWaiting + " changes wait; start again")
                            .asRuntimeException());
                    return;
                }
                drain();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            call.onError(Status.INTERNAL.withDescription("a bug").withCause(e).asRuntimeException());
        } finally {
            ended.run();
        }
    }

    private void changes() {
        var next = DeviceTable.of(reporting.views(), text);
        known.changes(next, device -> waiting.add(event(device, false)), device -> waiting.add(event(device, true)));
        known = next;
    }

    private static DeviceEvent event(Device device, boolean removed) {
        return DeviceEvent.newBuilder().setDevice(device).setRemoved(removed).build();
    }

    private void drain() {
        while (call.isReady() && burst.hasNext()) {
            call.onNext(DeviceEvent.newBuilder()
                    .setDevice(burst.next())
                    .setSnapshot(true)
                    .build());
        }
        if (call.isReady() && !burst.hasNext() && !burstSent) {
            burstSent = true;
            call.onNext(DeviceEvent.newBuilder().setSnapshotComplete(true).build());
        }
        while (call.isReady() && burstSent && !waiting.isEmpty()) {
            call.onNext(waiting.remove());
        }
    }
}
