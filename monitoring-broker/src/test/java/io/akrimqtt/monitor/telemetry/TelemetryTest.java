package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.telemetry.Telemetry.Opened;
import io.akrimqtt.monitor.telemetry.TelemetryCounters.Drop;
import io.akrimqtt.monitor.telemetry.TelemetryQuery.From;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final long START = NOW.toEpochMilli() * 1_000;

    private final Telemetry telemetry = Telemetry.start(
            new TelemetryLimits(3, 100_000, 10, 100_000, 1_000, 2), InstantSource.fixed(NOW), new Random(1));
    private int sent;

    @AfterEach
    void close() {
        telemetry.close();
    }

    private void send(String topic, String payload) {
        telemetry.accept(Message.of(TopicName.of(topic), payload));
        sent++;
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(telemetry.counters().received()).isEqualTo(sent));
    }

    private TelemetryReader open(From from, boolean lastValues, String... filters) {
        var parsed = Stream.of(filters).map(TopicFilter::of).toList();
        return open(new TelemetryQuery(parsed, from, lastValues, false, false));
    }

    private TelemetryReader open(TelemetryQuery query) {
        return switch (telemetry.open(query, () -> {})) {
            case Opened.Reading(var reader) -> reader;
            case Opened.Full full -> throw new AssertionError(full);
        };
    }

    private static From now() {
        return new From.Now();
    }

    private static From behind(long cursor) {
        return new From.Behind(cursor, 0);
    }

    private static List<String> read(TelemetryReader reader) {
        var texts = new ArrayList<String>();
        while (true) {
            switch (reader.next()) {
                case TelemetryRead.Found(var entry, var conflated) ->
                    texts.add(entry.message().topic() + "=" + entry.message().text()
                            + (conflated == 0 ? "" : " for " + conflated + " more"));
                case TelemetryRead.Missed missed ->
                    texts.add(
                            missed.cause() == GapCause.OVERRUN ? "gap of " + missed.count() : "gap " + missed.cause());
                case TelemetryRead.Ended() -> {
                    texts.add("end");
                    return texts;
                }
                case TelemetryRead.Nothing() -> {
                    return texts;
                }
            }
        }
    }

    @Test
    void the_lag_is_that_of_the_slowest_reader() {
        var slow = open(now(), false);
        var quick = open(now(), false);
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
        var reader = open(now(), false);
        send("a", "2");

        assertThat(read(reader)).containsExactly("a=2");
    }

    @Test
    void a_reader_resumes_behind_its_cursor() {
        send("a", "1");
        send("a", "2");

        assertThat(read(open(behind(START + 1), false))).containsExactly("a=2");
    }

    @Test
    void a_reader_of_an_earlier_process_is_told_of_the_gap() {
        send("a", "1");

        assertThat(read(open(behind(START - 9), false))).containsExactly("gap UNKNOWN_CURSOR", "a=1");
    }

    @Test
    void a_cursor_that_was_not_given_is_a_gap_and_all_that_is_held() {
        send("a", "1");

        for (long cursor : new long[] {START + 2, Long.MAX_VALUE, -1}) {
            try (var reader = open(behind(cursor), false)) {
                assertThat(read(reader)).containsExactly("gap UNKNOWN_CURSOR", "a=1");
            }
        }
    }

    @Test
    void a_cursor_with_the_epoch_of_another_process_is_a_gap_though_the_number_would_do() {
        send("a", "1");
        send("a", "2");

        try (var own = open(now(), false)) {
            assertThat(read(open(new From.Behind(START + 1, own.epoch()), false)))
                    .containsExactly("a=2");
        }
    }

    @Test
    void a_cursor_of_a_process_whose_clock_was_ahead_is_a_gap() {
        send("a", "1");
        send("a", "2");

        try (var other = open(now(), false)) {
            var from = new From.Behind(START + 1, other.epoch() + 1);
            assertThat(read(open(from, false))).containsExactly("gap UNKNOWN_CURSOR", "a=1", "a=2");
        }
    }

    @Test
    void an_interruption_is_a_gap_between_the_messages_whatever_the_filters() {
        var reader = open(now(), false, "b");
        send("b", "1");
        telemetry.interrupted(GapCause.SESSION_LOST, "test");
        send("b", "2");

        assertThat(read(reader)).containsExactly("b=1", "gap SESSION_LOST", "b=2");
    }

    @Test
    void a_conflating_reader_gets_the_latest_of_what_waits_in_order_of_arrival() {
        var reader = open(new TelemetryQuery(List.of(), now(), false, true, false));
        send("a", "1");
        send("b", "2");
        send("a", "3");

        assertThat(read(reader)).containsExactly("b=2", "a=3 for 1 more");
        send("a", "4");
        assertThat(read(reader)).containsExactly("a=4");
        assertThat(read(reader)).isEmpty();
    }

    @Test
    void a_busy_topic_does_not_keep_a_conflating_reader_from_the_others() {
        var reader = open(new TelemetryQuery(List.of(), now(), false, true, false));
        send("a", "1");
        send("b", "2");
        assertThat(reader.next())
                .isInstanceOfSatisfying(
                        TelemetryRead.Found.class,
                        found -> assertThat(found.entry().message().text()).isEqualTo("1"));
        send("a", "3");

        assertThat(read(reader)).containsExactly("b=2", "a=3");
    }

    @Test
    void a_conflating_reader_that_is_too_slow_gets_a_gap_too() {
        var reader = open(new TelemetryQuery(List.of(), now(), false, true, false));
        for (int i = 0; i < 5; i++) {
            send("a", Integer.toString(i));
        }
        assertThat(read(reader)).containsExactly("gap of 2", "a=4 for 2 more");

        send("a", "5");
        send("b", "6");
        assertThat(reader.next()).isInstanceOf(TelemetryRead.Found.class);
        for (int i = 0; i < 4; i++) {
            send("c", Integer.toString(i));
        }
        assertThat(read(reader)).containsExactly("gap of 2", "c=3 for 2 more");
    }

    @Test
    void a_reader_that_wants_no_more_than_what_is_held_ends_there() {
        send("a", "1");
        send("a", "2");
        var reader = open(new TelemetryQuery(List.of(), new From.Latest(1), true, false, true));
        send("a", "3");

        assertThat(read(reader)).containsExactly("a=2", "end");
    }

    @Test
    void a_reader_starts_with_the_latest_messages_that_match() {
        send("a", "1");
        send("b", "2");
        send("c", "3");

        assertThat(read(open(new From.Latest(1), false, "a", "b"))).containsExactly("b=2");
        assertThat(read(open(new From.Latest(9), false, "a", "b"))).containsExactly("a=1", "b=2");
    }

    @Test
    void a_reader_gets_last_values_and_then_each_message_once() {
        send("a", "1");
        send("b", "2");
        send("a", "3");
        var reader = open(now(), true);
        send("b", "4");

        // The value that b had is not held for a reader that takes its time.
        assertThat(read(reader)).containsExactly("a=3", "b=4");
    }

    @Test
    void a_reader_gets_what_its_filters_match() {
        var reader = open(now(), false, "a/+", "b");
        send("a/x", "1");
        send("b", "2");
        send("c", "3");

        assertThat(read(reader)).containsExactly("a/x=1", "b=2");
    }

    @Test
    void a_reader_that_is_too_slow_gets_a_gap_and_others_get_all() {
        var slow = open(now(), false);
        var fast = open(now(), false);
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
        var reader = open(now(), false);
        send("a", "1");
        send("a", "x".repeat(2_000));

        assertThat(read(reader)).containsExactly("a=1", "gap TOO_LARGE");
        assertThat(read(open(behind(START + 2), true))).isEmpty();
        assertThat(telemetry.counters().dropped(Drop.TOO_LARGE)).isOne();
        assertThat(telemetry.counters().bytes()).isEqualTo(2_001);
    }

    @Test
    void there_is_room_for_so_many_readers_and_a_closed_one_makes_room() {
        var first = open(now(), false);
        open(now(), false);

        assertThat(telemetry.open(TelemetryQuery.NOW, () -> {})).isEqualTo(new Opened.Full(2));
        first.close();
        first.close();
        open(now(), false);
        assertThat(telemetry.readers()).isEqualTo(2);
    }
}
