package io.akrimqtt.monitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.proto.monitoring.v1.GapReason;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTelemetryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int FLOOD = 12_000;

    private final ApiFixture api = new ApiFixture(Map.of());
    private final List<Watcher> watchers = new ArrayList<>();

    @AfterEach
    void close() {
        watchers.forEach(Watcher::cancel);
        api.close();
    }

    private Watcher watch(WatchTelemetryRequest request) {
        int before = api.telemetry.readers();
        var watcher = Watcher.start(api.channel, request);
        watchers.add(watcher);
        await().atMost(SOON).until(() -> api.telemetry.readers() > before || watcher.ended());
        return watcher;
    }

    private static WatchTelemetryRequest filters(String... filters) {
        return WatchTelemetryRequest.newBuilder()
                .addAllTopicFilters(List.of(filters))
                .build();
    }

    private void send(String topic, String text) {
        api.send(topic, text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_watcher_gets_what_comes_and_matches() {
        var watcher = watch(filters("plant/pump-7/speed"));
        watcher.request(10);

        send("plant/pump-7/state", "on");
        send("plant/pump-7/speed", "1400");

        await().atMost(SOON).untilAsserted(() -> assertThat(watcher.events()).hasSize(1));
        var message = watcher.events().getFirst().getMessage();
        assertThat(message.getTopic()).isEqualTo("plant/pump-7/speed");
        assertThat(message.getPayload().toStringUtf8()).isEqualTo("1400");
        assertThat(message.getQos()).isEqualTo(1);
        assertThat(message.getCursor()).isPositive();
        assertThat(message.hasReceived()).isTrue();
    }

    @Test
    void bad_filters_are_told_all_at_once() {
        assertThatThrownBy(() -> api.blocking()
                        .watchTelemetry(filters("a/#/b", "ok", "b+"))
                        .hasNext())
                .hasMessage("""
                        INVALID_ARGUMENT: topic_filters[0]: has '#' at index 2 (expected: '#' only as the whole last level)
                        topic_filters[2]: has '+' at index 1 beside other characters (expected: '+' as a whole level)""");
    }

    @Test
    void a_cursor_that_was_not_given_is_told_as_a_gap() {
        send("plant/pump-7/speed", "1");
        await().atMost(SOON).until(() -> api.telemetry.counters().received() == 1);
        var request = WatchTelemetryRequest.newBuilder()
                .setAfterCursor(Long.MAX_VALUE)
                .build();

        var events = api.blocking().watchTelemetry(request);

        var gap = events.next().getGap();
        assertThat(gap.getReason()).isEqualTo(GapReason.GAP_REASON_UNKNOWN_CURSOR);
        assertThat(gap.hasMissed()).isFalse();
        assertThat(gap.getEpoch()).isNotZero();
        assertThat(events.next().getMessage().getPayload().toStringUtf8()).isEqualTo("1");
    }

    @Test
    void requests_that_contradict_themselves_are_refused() {
        var request = WatchTelemetryRequest.newBuilder()
                .setAfterCursor(1)
                .setSince(com.google.protobuf.Duration.newBuilder().setSeconds(-1))
                .setMaxBatch(-1)
                .build();

        assertThatThrownBy(() -> api.blocking().watchTelemetry(request).hasNext())
                .hasMessage("""
                INVALID_ARGUMENT: after_cursor, since, last_messages: 2 of them are set (expected: one at most)
                since: is not 0 s to 3650 days
                max_batch: is 4294967295 (expected: at most 1000)""");
    }

    @Test
    void what_is_there_already_comes_in_batches_and_the_stream_ends_where_no_more_is_wanted() {
        for (int i = 0; i < 25; i++) {
            send("plant/pump-7/speed", Integer.toString(i));
        }
        await().atMost(SOON).until(() -> api.telemetry.counters().received() == 25);
        var request = WatchTelemetryRequest.newBuilder()
                .setLastMessages(20)
                .setMaxBatch(15)
                .setHeldOnly(true)
                .build();

        var events = api.blocking().watchTelemetry(request);
        var sizes = new ArrayList<Integer>();
        events.forEachRemaining(event -> sizes.add(event.getBatch().getEventsCount()));

        assertThat(sizes).containsExactly(15, 5);
    }

    @Test
    void what_travels_beside_a_payload_arrives() {
        api.telemetry.accept(Message.to(TopicName.of("plant/pump-7/photo"))
                .payload(new byte[] {(byte) 0xff, 0})
                .contentType("image/x")
                .userProperty("unit", "px")
                .userProperty("unit", "again")
                .retain(true)
                .build());
        api.telemetry.accept(Message.to(TopicName.of("plant/pump-7/state"))
                .text("on")
                .utf8(true)
                .build());
        await().atMost(SOON).until(() -> api.telemetry.counters().received() == 2);

        var events = api.blocking()
                .watchTelemetry(
                        WatchTelemetryRequest.newBuilder().setLastMessages(2).build());

        var photo = events.next().getMessage();
        assertThat(photo.getPayload().toByteArray()).containsExactly(0xff, 0);
        assertThat(photo.getContentType()).isEqualTo("image/x");
        assertThat(photo.getTypeHint()).isEmpty();
        assertThat(photo.getRetained()).isTrue();
        assertThat(photo.getUserPropertiesList())
                .extracting(property -> property.getName() + "=" + property.getValue())
                .containsExactly("unit=px", "unit=again");
        var state = events.next().getMessage();
        assertThat(state.getUtf8()).isTrue();
        assertThat(state.getTypeHint()).isEqualTo("text/plain;charset=utf-8");
        assertThat(state.getRetained()).isFalse();
    }

    @Test
    void a_slow_watcher_gets_a_gap_and_slows_nobody() {
        var slow = watch(filters());
        var fast = watch(filters());
        slow.request(1);
        fast.request(Integer.MAX_VALUE);

        flood(fast);

        assertThat(fast.cursors()).hasSize(FLOOD);
        slow.request(Integer.MAX_VALUE);
        await().atMost(SOON).untilAsserted(() -> assertThat(slow.last()).isEqualTo(fast.last()));
        var gap = slow.gaps();
        assertThat(gap).isNotEmpty();
        assertThat(slow.told()).isEqualTo(FLOOD);
        assertThat(slow.cursors()).hasSizeLessThan(FLOOD).isSorted();
    }

    /** Sends more than the log holds, no faster than the fast watcher reads. */
    private void flood(Watcher fast) {
        var payload = new byte[100];
        for (int i = 0; i < FLOOD; i++) {
            api.send("plant/pump-7/speed", payload);
            if (i % 1_000 == 999) {
                int sent = i + 1;
                await().atMost(SOON).until(() -> fast.told() == sent);
            }
        }
    }

    @Test
    void the_65th_watcher_is_refused_until_one_leaves() {
        for (int i = 0; i < 64; i++) {
            watch(filters());
        }

        var refused = watch(filters());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(refused.problem())
                        .isEqualTo("RESOURCE_EXHAUSTED: watchers: 64 watch already (expected: fewer)"));
        watchers.getFirst().cancel();
        await().atMost(SOON).until(() -> api.telemetry.readers() == 63);
        assertThat(watch(filters()).ended()).isFalse();
    }

    @Test
    void last_values_come_first() {
        send("plant/pump-7/speed", "1");
        send("plant/pump-7/speed", "2");
        await().atMost(SOON).until(() -> api.telemetry.counters().received() == 2);

        var first = api.blocking()
                .watchTelemetry(
                        WatchTelemetryRequest.newBuilder().setLastValues(true).build())
                .next();

        assertThat(first.getEventCase()).isEqualTo(TelemetryEvent.EventCase.MESSAGE);
        assertThat(first.getMessage().getPayload().toStringUtf8()).isEqualTo("2");
    }
}
