package io.akrimqtt.samples.consumer;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.proto.monitoring.v1.Device;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.TelemetryMessage;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two workloads at two addresses of loopback, as a name without an address of its own would stand for them. */
class ConsumerTest {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> addresses = new CopyOnWriteArrayList<>();
    private final int port = FreePort.find();

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private Consumer consumer;

    @BeforeEach
    void start() {
        consumer = new Consumer(() -> addresses, port, lines::add);
    }

    @AfterEach
    void stop() {
        consumer.close();
    }

    private static final class Workload extends MonitoringGrpc.MonitoringImplBase {
        private final String name;

        Workload(String name) {
            this.name = name;
        }

        @Override
        public void getDevice(GetDeviceRequest request, StreamObserver<Device> observer) {
            observer.onNext(Device.newBuilder().setName(name).build());
            observer.onCompleted();
        }

        @Override
        public void watchTelemetry(WatchTelemetryRequest request, StreamObserver<TelemetryEvent> observer) {
            observer.onNext(TelemetryEvent.newBuilder()
                    .setMessage(TelemetryMessage.newBuilder()
                            .setTopic("hall/" + name)
                            .setPayload(ByteString.copyFromUtf8("21\u001b[2J")))
                    .build());
        }
    }

    private GrpcListener workload(String address, String name) throws IOException {
        return requireNonNull(GrpcListener.start(new ListenAddress.Tcp(address, port), List.of(new Workload(name))));
    }

    private void expect(String... expected) {
        await().untilAsserted(() -> assertThat(lines).contains(expected));
    }

    @Test
    void all_that_the_name_stands_for_are_followed_and_no_control_characters_are_printed() throws IOException {
        try (var _ = workload("127.0.0.1", "press");
                var _ = workload("127.0.0.2", "saw")) {
            addresses.addAll(List.of("127.0.0.1", "127.0.0.2"));

            consumer.look();

            expect("press  hall/press  21?[2J", "saw  hall/saw  21?[2J");
        }
    }

    @Test
    void who_comes_later_is_followed_and_who_goes_is_left_without_a_word() throws IOException {
        try (var _ = workload("127.0.0.1", "press");
                var _ = workload("127.0.0.2", "saw")) {
            addresses.add("127.0.0.1");
            consumer.look();
            expect("--- press is followed, at 127.0.0.1");

            addresses.add("127.0.0.2");
            addresses.removeFirst();
            consumer.look();
            consumer.look();

            expect("--- saw is followed, at 127.0.0.2");
            assertThat(lines).noneMatch(line -> line.contains("lost"));
            assertThat(lines).filteredOn(line -> line.contains("is followed")).hasSize(2);
        }
    }

    @Test
    void one_that_ends_is_followed_again_once_it_is_back() throws IOException {
        addresses.add("127.0.0.1");
        try (var _ = workload("127.0.0.1", "press")) {
            consumer.look();
            expect("press  hall/press  21?[2J");
        }
        await().until(() -> lines.stream().anyMatch(line -> line.startsWith("--- press is lost")));

        lines.clear();
        try (var _ = workload("127.0.0.1", "press")) {
            await().until(() -> {
                consumer.look();
                return lines.contains("press  hall/press  21?[2J");
            });
        }
    }
}
