package io.akrimqtt.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.akrimqtt.cli.access.CallerIdentity;
import io.akrimqtt.cli.inspect.TelemetryWishes.Start;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.proto.monitoring.v1.Gap;
import io.akrimqtt.proto.monitoring.v1.GapReason;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryBatch;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.TelemetryMessage;
import io.akrimqtt.proto.monitoring.v1.UserProperty;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TelemetryWatchTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z"));
    private static final TelemetryWishes ALL = new TelemetryWishes(List.of(), false, null, false, false, false);

    private final AtomicReference<WatchTelemetryRequest> asked = new AtomicReference<>();
    private final List<Event> told = new ArrayList<>();
    private GrpcListener listener;

    /** A workload that tells of a binary message and a gap, and ends. */
    private final class Workload extends MonitoringGrpc.MonitoringImplBase {
        @Override
        public void watchTelemetry(WatchTelemetryRequest request, StreamObserver<TelemetryEvent> observer) {
            asked.set(request);
            var message = TelemetryMessage.newBuilder()
                    .setCursor(7)
                    .setEpoch(-1)
                    .setTopic("pump/photo")
                    .setPayload(ByteString.copyFrom(new byte[] {1, (byte) 0xff}))
                    .setConflated(2)
                    .addUserProperties(UserProperty.newBuilder().setName("unit").setValue("px"));
            var gap = Gap.newBuilder()
                    .setLastCursor(9)
                    .setReason(GapReason.GAP_REASON_UNKNOWN_CURSOR)
                    .setText("why");
            var batch = TelemetryBatch.newBuilder()
                    .addEvents(TelemetryEvent.newBuilder().setMessage(message))
                    .addEvents(TelemetryEvent.newBuilder().setGap(gap));
            observer.onNext(TelemetryEvent.newBuilder().setBatch(batch).build());
            observer.onNext(TelemetryEvent.getDefaultInstance());
            observer.onCompleted();
        }
    }

    @BeforeEach
    void listen() throws IOException {
        listener = Objects.requireNonNull(
                GrpcListener.start(new ListenAddress.Tcp("127.0.0.1", 0), List.of(new Workload())));
    }

    @AfterEach
    void close() {
        listener.close();
    }

    private void follow(TelemetryWishes wishes) throws InspectException {
        var pump = new AddressedWorkload("pump", listener.address(), CallerIdentity.NOBODY);
        new TelemetryWatch(wishes).follow(pump, CLOCK, event -> {
            told.add(event);
            return true;
        });
    }

    @Test
    void messages_and_gaps_of_a_batch_are_told_with_all_that_they_bring() throws InspectException {
        follow(ALL);

        assertThat(told).extracting(Event::type).containsExactly(EventType.TELEMETRY_MESSAGE, EventType.TELEMETRY_GAP);
        var message = told.getFirst();
        assertThat(message.text(Field.PAYLOAD_HEX)).isEqualTo("01ff");
        assertThat(message.value(Field.EPOCH)).contains(4_294_967_295L);
        assertThat(message.value(Field.CONFLATED)).contains(2L);
        assertThat(message.text(Field.USER_PROPERTIES)).isEqualTo("unit=px");
        var gap = told.getLast();
        assertThat(gap.text(Field.GAP_REASON)).isEqualTo("unknown_cursor");
        assertThat(gap.value(Field.MISSED)).isEmpty();
        assertThat(gap.text(Field.TEXT)).isEqualTo("why");
    }

    @Test
    void a_stream_that_ends_though_more_is_wanted_is_an_error() {
        var wishes = new TelemetryWishes(List.of(), false, null, false, true, true);

        assertThatThrownBy(() -> follow(wishes))
                .isInstanceOf(InspectException.class)
                .hasMessage("the workload " + listener.address() + " has ended");
        assertThat(told.getFirst().text(Field.PAYLOAD_BASE64)).isEqualTo("Af8=");
        assertThat(told.getFirst().text(Field.PAYLOAD_HEX)).isEmpty();
    }

    @Test
    void wishes_are_asked_for() throws InspectException {
        follow(new TelemetryWishes(List.of("a/#"), true, new Start.Behind(7, 4_294_967_295L), true, false, false));

        assertThat(asked.get().getTopicFiltersList()).containsExactly("a/#");
        assertThat(asked.get().getLastValues()).isTrue();
        assertThat(asked.get().getAfterCursor()).isEqualTo(7);
        assertThat(asked.get().getAfterEpoch()).isEqualTo(-1);
        assertThat(asked.get().getConflate()).isTrue();
        assertThat(asked.get().getHeldOnly()).isTrue();

        follow(new TelemetryWishes(List.of(), false, new Start.Since(Duration.ofMillis(1_500)), false, false, false));
        assertThat(asked.get().getSince())
                .isEqualTo(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(1)
                        .setNanos(500_000_000)
                        .build());
    }
}
