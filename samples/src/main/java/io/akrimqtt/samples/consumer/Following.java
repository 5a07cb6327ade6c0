package io.akrimqtt.samples.consumer;

import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One workload that is followed, on a virtual thread of its own. Thread-safe. */
final class Following implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;
    private static final int MOST_CHARACTERS = 200;

    private enum State {
        LIVES,
        ENDED,
        LEFT
    }

    private final GrpcConnection connection;
    private final String address;
    private final Consumer<String> out;
    private final AtomicReference<State> state = new AtomicReference<>(State.LIVES);

    private Following(GrpcConnection connection, String address, Consumer<String> out) {
        this.connection = connection;
        this.address = address;
        this.out = out;
    }

    static Following begin(String address, int port, Consumer<String> out) {
        var following = new Following(GrpcChannels.open(new ListenAddress.Tcp(address, port)), address, out);
        Thread.ofVirtual().name("follow-" + address).start(following::follow);
        return following;
    }

    /** Asks whose workload it is, then prints each message, the last value of each topic first. */
    private void follow() {
        var device = address;
        try {
            var stub = MonitoringGrpc.newBlockingStub(connection.channel());
            device = stub.withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .getDevice(GetDeviceRequest.getDefaultInstance())
                    .getName();
            out.accept("--- " + device + " is followed, at " + address);
            var events = stub.watchTelemetry(
                    WatchTelemetryRequest.newBuilder().setLastValues(true).build());
            while (events.hasNext()) {
                tell(device, events.next());
            }
            end("--- " + device + " has ended");
        } catch (StatusRuntimeException e) {
            end("--- " + device + " is lost: " + e.getStatus().getCode());
        }
    }

    private void tell(String device, TelemetryEvent event) {
        switch (event.getEventCase()) {
            case MESSAGE -> {
                var message = event.getMessage();
                out.accept(printable(device + "  " + message.getTopic() + "  "
                        + message.getPayload().toStringUtf8()));
            }
            case GAP ->
                out.accept(printable("--- " + device + ": " + event.getGap().getText()));
            case BATCH -> event.getBatch().getEventsList().forEach(each -> tell(device, each));
            // A newer workload's news.
            case EVENT_NOT_SET -> {}
        }
    }

    /** Strangers chose topics and payloads. */
    private static String printable(String text) {
        var cut = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
        return cut.replaceAll("\\p{C}", "?");
    }

    private void end(String line) {
        if (state.compareAndSet(State.LIVES, State.ENDED)) {
            out.accept(line);
        }
    }

    boolean ended() {
        return state.get() != State.LIVES;
    }

    @Override
    public void close() {
        state.set(State.LEFT);
        connection.close();
    }
}
