package io.akrimqtt.monitor.api;

import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A caller who watches telemetry and takes as much as the test says. Thread-safe. */
final class Watcher {

    private final List<TelemetryEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicLong told = new AtomicLong();
    private final ClientCall<WatchTelemetryRequest, TelemetryEvent> call;
    private volatile String problem = "";

    private Watcher(Channel channel) {
        call = channel.newCall(MonitoringGrpc.getWatchTelemetryMethod(), CallOptions.DEFAULT);
    }

    static Watcher start(Channel channel, WatchTelemetryRequest request) {
        var watcher = new Watcher(channel);
        watcher.call.start(watcher.new Listener(), new Metadata());
        watcher.call.sendMessage(request);
        watcher.call.halfClose();
        return watcher;
    }

    private final class Listener extends ClientCall.Listener<TelemetryEvent> {
        @Override
        public void onMessage(TelemetryEvent event) {
            events.add(event);
            var gap = event.getGap();
            told.addAndGet(event.hasGap() ? gap.getLastCursor() - gap.getFirstCursor() + 1 : 1);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            problem = status.getCode() + ": " + status.getDescription();
        }
    }

    void request(int messages) {
        call.request(messages);
    }

    void cancel() {
        call.cancel("the test has seen enough", null);
    }

    boolean ended() {
        return !problem.isEmpty();
    }

    String problem() {
        return problem;
    }

    List<TelemetryEvent> events() {
        return events;
    }

    /** How many cursors it was told of, as messages or in gaps. */
    long told() {
        return told.get();
    }

    List<TelemetryEvent> gaps() {
        return events.stream().filter(TelemetryEvent::hasGap).toList();
    }

    List<Long> cursors() {
        return events.stream()
                .filter(TelemetryEvent::hasMessage)
                .map(event -> event.getMessage().getCursor())
                .toList();
    }

    /** The latest cursor that it was told of. */
    long last() {
        if (events.isEmpty()) {
            return 0;
        }
        var event = events.getLast();
        return event.hasGap()
                ? event.getGap().getLastCursor()
                : event.getMessage().getCursor();
    }
}
