package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.telemetry.Telemetry.Opened;
import io.akrimqtt.monitor.telemetry.TelemetryCounters.Drop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final long START = NOW.toEpochMilli() * 1_000;

    private final Telemetry telemetry =
            Telemetry.start(new TelemetryLimits(3, 100_000, 10, 100_000, 1_000, 2), InstantSource.fixed(NOW));
    private int sent;

    @AfterEach
    void close() {
        telemetry.close();
    }

    private void send(String topic, String payload) {
        telemetry.accept(Message.of(TopicName.of(topic), payload));
        sent++;
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(telemetry.counters().received()).isEqualTo(sent));
    }

    private TelemetryReader open(long after, boolean lastValues, String... filters) {
        var parsed = List.of(filters).stream().map(TopicFilter::of).toList();
        return switch (telemetry.open(parsed, after, lastValues, () -> {})) {
            case Opened.Reading(var reader) -> reader;
            case Opened.Full full -> throw new AssertionError(full);
            case Opened.Ahead ahead -> throw new AssertionError(ahead);
        };
    }

    private static List<String> read(TelemetryReader reader) {
        var texts = new ArrayList<String>();
        while (true) {
            switch (reader.next()) {
                case TelemetryRead.Found(var entry) ->
                    texts.add(entry.message().topic() + "=" + entry.message().text());
                case TelemetryRead.Missed(var first, var last) -> texts.add("gap of " + (last - first + 1));
                case TelemetryRead.Nothing() -> {
                    return texts;
                }
            }
        }
    }

    @Test
    void the_lag_is_that_of_the_slowest_reader() {
        var slow = open(0, false);
        var quick = open(0, false);
        send("a", "1");
        send("a", "2");
        var _ = read(quick);
        assertThat(telemetry.lag()).isEqualTo(2);

        slow.close();
        assertThat(telemetry.lag()).isZero();
    }

    @Test
    void a_reader_starts_now() {
        send("a", "1");
        var reader = open(0, false);
        send("a", "2");

        assertThat(read(reader)).containsExactly("a=2");
    }

    @Test
    void a_reader_resumes_behind_its_cursor() {
        send("a", "1");
        send("a", "2");

        assertThat(read(open(START + 1, false))).containsExactly("a=2");
    }

    @Test
    void a_reader_of_an_earlier_process_is_told_of_the_gap() {
        send("a", "1");

        assertThat(read(open(START - 9, false))).containsExactly("gap of 9", "a=1");
    }

    @Test
    void a_cursor_from_the_future_is_refused() {
        assertThat(telemetry.open(List.of(), START + 1, false, () -> {})).isEqualTo(new Opened.Ahead(START));
        assertThat(telemetry.open(List.of(), -1, false, () -> {})).isEqualTo(new Opened.Ahead(START));
        assertThat(telemetry.readers()).isZero();
    }

    @Test
    void a_reader_gets_last_values_and_then_each_message_once() {
        send("a", "1");
        send("b", "2");
        send("a", "3");
        var reader = open(0, true);
        send("b", "4");

        assertThat(read(reader)).containsExactly("b=2", "a=3", "b=4");
    }

    @Test
    void a_reader_gets_what_its_filters_match() {
        var reader = open(0, false, "a/+", "b");
        send("a/x", "1");
        send("b", "2");
        send("c", "3");

        assertThat(read(reader)).containsExactly("a/x=1", "b=2");
    }

    @Test
    void a_reader_that_is_too_slow_gets_a_gap_and_others_get_all() {
        var slow = open(0, false);
        var fast = open(0, false);
        var fastRead = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            send("a", Integer.toString(i));
            fastRead.addAll(read(fast));
        }

        assertThat(fastRead).containsExactly("a=0", "a=1", "a=2", "a=3", "a=4");
        assertThat(read(slow)).containsExactly("gap of 2", "a=2", "a=3", "a=4");
        assertThat(telemetry.counters().gaps()).isOne();
    }

    @Test
    void a_message_that_is_too_large_is_a_gap_and_no_last_value() {
        var reader = open(0, false);
        send("a", "1");
        send("a", "x".repeat(2_000));

        assertThat(read(reader)).containsExactly("a=1", "gap of 1");
        assertThat(read(open(START + 2, true))).isEmpty();
        assertThat(telemetry.counters().dropped(Drop.TOO_LARGE)).isOne();
        assertThat(telemetry.counters().bytes()).isEqualTo(2_001);
    }

    @Test
    void there_is_room_for_so_many_readers_and_a_closed_one_makes_room() {
        var first = open(0, false);
        open(0, false);

        assertThat(telemetry.open(List.of(), 0, false, () -> {})).isEqualTo(new Opened.Full(2));
        first.close();
        first.close();
        open(0, false);
        assertThat(telemetry.readers()).isEqualTo(2);
    }
}
