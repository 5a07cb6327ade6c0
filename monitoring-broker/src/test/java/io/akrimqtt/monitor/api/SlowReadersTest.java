package io.akrimqtt.monitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ten readers over real sockets, a log that is full several times over, and readers among them that stop reading. */
class SlowReadersTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int MIB = 1024 * 1024;
    private static final int MESSAGES = 60_000;
    private static final int SIZE = 1_000;

    /** 8 MiB of log, 8 MiB of last values, 2 MiB on their way, and for each reader gRPC's buffers on both sides. */
    private static final long HEAP = 32L * MIB;

    private final ApiFixture api = new ApiFixture(Map.of());
    private final List<GrpcConnection> connections = new ArrayList<>();
    private GrpcListener listener;

    @BeforeEach
    void listen() throws IOException {
        var started = GrpcListener.start(new ListenAddress.Tcp("127.0.0.1", 0), List.of(api.service));
        listener = java.util.Objects.requireNonNull(started);
    }

    @AfterEach
    void close() {
        connections.forEach(GrpcConnection::close);
        listener.close();
        api.close();
    }

    /** A caller that counts, and keeps nothing. */
    private static final class Counting extends ClientCall.Listener<TelemetryEvent> {
        private final ClientCall<WatchTelemetryRequest, TelemetryEvent> call;
        private final AtomicLong told = new AtomicLong();
        private final AtomicLong missed = new AtomicLong();
        private final boolean reads;

        private Counting(ClientCall<WatchTelemetryRequest, TelemetryEvent> call, boolean reads) {
            this.call = call;
            this.reads = reads;
        }

        @Override
        public void onMessage(TelemetryEvent event) {
            switch (event.getEventCase()) {
                case MESSAGE -> told.incrementAndGet();
                case GAP -> {
                    told.addAndGet(event.getGap().getMissed());
                    missed.addAndGet(event.getGap().getMissed());
                }
                case BATCH -> event.getBatch().getEventsList().forEach(this::onEvent);
                case EVENT_NOT_SET -> throw new AssertionError("an empty event");
            }
            if (reads) {
                call.request(1);
            }
        }

        private void onEvent(TelemetryEvent event) {
            told.addAndGet(event.hasGap() ? event.getGap().getMissed() : 1);
            missed.addAndGet(event.getGap().getMissed());
        }
    }

    private Counting watch(boolean reads, int batch) {
        int before = api.telemetry.readers();
        var connection = GrpcChannels.open(listener.address());
        connections.add(connection);
        var call = connection.channel().newCall(MonitoringGrpc.getWatchTelemetryMethod(), CallOptions.DEFAULT);
        var watcher = new Counting(call, reads);
        call.start(watcher, new Metadata());
        call.sendMessage(WatchTelemetryRequest.newBuilder().setMaxBatch(batch).build());
        call.halfClose();
        call.request(1);
        await().atMost(SOON).until(() -> api.telemetry.readers() > before);
        return watcher;
    }

    private static long heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    @Test
    void readers_that_stop_reading_harm_nobody_and_cost_little() {
        var stopped = List.of(watch(false, 0), watch(false, 0), watch(false, 0), watch(false, 100), watch(false, 100));
        var reading = List.of(watch(true, 0), watch(true, 0), watch(true, 100), watch(true, 100), watch(true, 100));
        long before = heap();

        flood(reading);

        assertThat(heap() - before).isLessThan(HEAP);
        assertThat(reading).allSatisfy(watcher -> {
            assertThat(watcher.told.get()).isEqualTo(MESSAGES);
            assertThat(watcher.missed.get()).isZero();
        });
        assertThat(stopped).allSatisfy(watcher -> assertThat(watcher.told.get()).isLessThanOrEqualTo(100));
        stopped.getFirst().call.request(Integer.MAX_VALUE);
        await().atMost(SOON).until(() -> stopped.getFirst().told.get() == MESSAGES);
        assertThat(stopped.getFirst().missed.get()).isPositive();
    }

    /** No faster than the readers that read. */
    private void flood(List<Counting> reading) {
        var payload = new byte[SIZE];
        for (int i = 1; i <= MESSAGES; i++) {
            api.send("plant/pump-7/" + i % 100, payload);
            if (i % 3_000 == 0) {
                long sent = i;
                await().atMost(SOON)
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> reading.stream().allMatch(watcher -> watcher.told.get() == sent));
            }
        }
    }
}
