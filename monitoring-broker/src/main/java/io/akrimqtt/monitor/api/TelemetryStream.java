package io.akrimqtt.monitor.api;

import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.monitor.telemetry.TelemetryRead;
import io.akrimqtt.monitor.telemetry.TelemetryReader;
import io.akrimqtt.proto.monitoring.v1.TelemetryBatch;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One caller who watches telemetry. A virtual thread of its own reads the log and writes only what gRPC can take at once, so
 * that a slow caller costs one message and gRPC's small buffer, and gets a gap where the log went on without it.
 */
final class TelemetryStream {

    /** A batch is sent when it has about so many bytes. */
    private static final int BATCH_BYTES = 64 * 1024;

    /** So many bytes of batches may be on their way, so that the next one is made while the last is sent. */
    private static final int READY_BYTES = 2 * BATCH_BYTES;

    private final ServerCallStreamObserver<TelemetryEvent> observer;
    private final TelemetryEvents events;
    private final int maxBatch;
    private final Thread thread;
    private volatile boolean ended;
    private volatile Optional<TelemetryReader> reader = Optional.empty();

    private TelemetryStream(ServerCallStreamObserver<TelemetryEvent> observer, TelemetryEvents events, int maxBatch) {
        this.observer = observer;
        this.events = events;
        this.maxBatch = maxBatch;
        this.thread = Thread.ofVirtual().name("telemetry-stream").unstarted(this::run);
    }

    static void start(
            WatchTelemetryRequest request,
            ServerCallStreamObserver<TelemetryEvent> observer,
            Telemetry telemetry,
            TelemetryEvents events) {
        var problem = TelemetryRequests.problem(request);
        if (problem.isPresent()) {
            observer.onError(
                    Status.INVALID_ARGUMENT.withDescription(problem.get()).asRuntimeException());
            return;
        }
        var stream = new TelemetryStream(observer, events, request.getMaxBatch());
        if (stream.maxBatch > 1) {
            observer.setOnReadyThreshold(READY_BYTES);
        }
        observer.setOnReadyHandler(stream::wake);
        observer.setOnCancelHandler(stream::end);
        stream.follow(telemetry.open(TelemetryRequests.query(request), stream::wake));
    }

    private void follow(Telemetry.Opened opened) {
        switch (opened) {
            case Telemetry.Opened.Reading(var open) -> {
                reader = Optional.of(open);
                thread.start();
            }
            case Telemetry.Opened.Full(var limit) ->
                fail(Status.RESOURCE_EXHAUSTED, "watchers: " + limit + " watch already (expected: fewer)");
        }
    }

    private void fail(Status status, String text) {
        observer.onError(status.withDescription(text).asRuntimeException());
    }

    private void wake() {
        LockSupport.unpark(thread);
    }

    private void end() {
        ended = true;
        wake();
    }

    private void run() {
        try (var open = reader.orElseThrow()) {
            while (!ended) {
                if (!observer.isReady() || !write(open)) {
                    LockSupport.park(this);
                }
            }
        }
    }

    /** Writes what comes next, and says whether there was something. */
    private boolean write(TelemetryReader open) {
        if (maxBatch > 1) {
            return writeBatch(open);
        }
        var read = open.next();
        var event = event(read, open.epoch());
        event.ifPresent(observer::onNext);
        return event.isPresent() || finish(read);
    }

    /** The same for all that is there, up to the size of a batch. */
    private boolean writeBatch(TelemetryReader open) {
        var batch = TelemetryBatch.newBuilder();
        int bytes = 0;
        var read = open.next();
        var event = event(read, open.epoch());
        while (event.isPresent()) {
            batch.addEvents(event.get());
            bytes += event.get().getSerializedSize();
            if (batch.getEventsCount() >= maxBatch || bytes >= BATCH_BYTES) {
                break;
            }
            read = open.next();
            event = event(read, open.epoch());
        }
        boolean some = batch.getEventsCount() > 0;
        if (some) {
            observer.onNext(
                    batch.getEventsCount() == 1
                            ? batch.getEvents(0)
                            : TelemetryEvent.newBuilder().setBatch(batch).build());
        }
        return finish(read) || some;
    }

    private Optional<TelemetryEvent> event(TelemetryRead read, int epoch) {
        return switch (read) {
            case TelemetryRead.Found found -> Optional.of(events.message(found, epoch));
            case TelemetryRead.Missed missed -> Optional.of(TelemetryEvents.gap(missed, epoch));
            case TelemetryRead.Nothing(), TelemetryRead.Ended() -> Optional.empty();
        };
    }

    /** Ends the stream where that was all. */
    private boolean finish(TelemetryRead read) {
        if (!(read instanceof TelemetryRead.Ended)) {
            return false;
        }
        ended = true;
        observer.onCompleted();
        return true;
    }
}
