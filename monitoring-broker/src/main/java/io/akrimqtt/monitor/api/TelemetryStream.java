package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.monitor.telemetry.TelemetryRead;
import io.akrimqtt.monitor.telemetry.TelemetryReader;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * One caller who watches telemetry. A virtual thread of its own reads the log and writes only what gRPC can take at once, so
 * that a slow caller costs one message and gRPC's small buffer, and gets a gap where the log went on without it.
 */
final class TelemetryStream {

    private static final int MAX_FILTERS = 100;

    private final ServerCallStreamObserver<TelemetryEvent> observer;
    private final Thread thread;
    private volatile boolean ended;
    private volatile Optional<TelemetryReader> reader = Optional.empty();

    private TelemetryStream(ServerCallStreamObserver<TelemetryEvent> observer) {
        this.observer = observer;
        this.thread = Thread.ofVirtual().name("telemetry-stream").unstarted(this::run);
    }

    static void start(
            WatchTelemetryRequest request, ServerCallStreamObserver<TelemetryEvent> observer, Telemetry telemetry) {
        var problem = problem(request);
        if (problem.isPresent()) {
            observer.onError(
                    Status.INVALID_ARGUMENT.withDescription(problem.get()).asRuntimeException());
            return;
        }
        var stream = new TelemetryStream(observer);
        observer.setOnReadyHandler(stream::wake);
        observer.setOnCancelHandler(stream::end);
        var filters =
                request.getTopicFiltersList().stream().map(TopicFilter::of).toList();
        stream.follow(telemetry.open(filters, request.getAfterCursor(), request.getLastValues(), stream::wake));
    }

    /** All that is wrong with a request, or empty. */
    private static Optional<String> problem(WatchTelemetryRequest request) {
        int count = request.getTopicFiltersCount();
        if (count > MAX_FILTERS) {
            return Optional.of("topic_filters: has " + count + " items (expected: at most " + MAX_FILTERS + ")");
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            TopicFilter.problem(request.getTopicFilters(i))
                    .ifPresent(found -> problems.add("topic_filters[" + index + "]: " + found));
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", problems));
    }

    private void follow(Telemetry.Opened opened) {
        switch (opened) {
            case Telemetry.Opened.Reading(var open) -> {
                reader = Optional.of(open);
                thread.start();
            }
            case Telemetry.Opened.Full(var limit) ->
                fail(Status.RESOURCE_EXHAUSTED, "watchers: " + limit + " watch already (expected: fewer)");
            case Telemetry.Opened.Ahead(var latest) ->
                fail(
                        Status.INVALID_ARGUMENT,
                        "after_cursor: is ahead of the latest cursor " + latest
                                + " (expected: a cursor that this monitoring broker gave, or 0)");
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
        return switch (open.next()) {
            case TelemetryRead.Found(var entry) -> {
                observer.onNext(TelemetryEvents.message(entry));
                yield true;
            }
            case TelemetryRead.Missed(var first, var last) -> {
                observer.onNext(TelemetryEvents.gap(first, last));
                yield true;
            }
            case TelemetryRead.Nothing() -> false;
        };
    }
}
