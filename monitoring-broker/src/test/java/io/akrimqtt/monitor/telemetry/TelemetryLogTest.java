package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TelemetryLogTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

    private final TelemetryLog log = new TelemetryLog(100, 3, 10_000);

    private static Message message(String payload) {
        return Message.of(TopicName.of("pump/speed"), payload);
    }

    private void append(String... payloads) {
        for (var payload : payloads) {
            log.append(message(payload), AT);
        }
    }

    /** Everything behind a cursor, in short. */
    private static List<String> readAll(TelemetryLog log, long after) {
        var texts = new ArrayList<String>();
        long cursor = after;
        while (true) {
            switch (log.read(cursor)) {
                case TelemetryRead.Found(var entry, var _) -> {
                    texts.add(entry.cursor() + "=" + entry.message().text());
                    cursor = entry.cursor();
                }
                case TelemetryRead.Missed(var first, var last, var _, var _, var _) -> {
                    texts.add("gap " + first + "-" + last);
                    cursor = last;
                }
                case TelemetryRead.Nothing(), TelemetryRead.Ended() -> {
                    return texts;
                }
            }
        }
    }

    @Nested
    class An_empty_log {

        @Test
        void has_nothing_behind_its_start() {
            assertThat(log.last()).isEqualTo(100);
            assertThat(readAll(log, 100)).isEmpty();
        }
    }

    @Nested
    class A_log_with_room {

        @Test
        void gives_messages_in_order_with_rising_cursors() {
            append("a", "b");

            assertThat(readAll(log, 100)).containsExactly("101=a", "102=b");
            assertThat(readAll(log, 101)).containsExactly("102=b");
            assertThat(readAll(log, 102)).isEmpty();
        }

        @Test
        void tells_a_gap_for_a_cursor_of_an_earlier_process() {
            append("a");

            assertThat(readAll(log, 7)).containsExactly("gap 8-100", "101=a");
        }
    }

    @Nested
    class A_full_log {

        @Test
        void drops_the_oldest_and_tells_which() {
            append("a", "b", "c", "d", "e");

            assertThat(readAll(log, 100)).containsExactly("gap 101-102", "103=c", "104=d", "105=e");
            assertThat(readAll(log, 102)).containsExactly("103=c", "104=d", "105=e");
        }

        @Test
        void drops_by_bytes_too() {
            var small = new TelemetryLog(0, 100, 2L * TelemetryEntry.size(message("1234567890")));
            for (var payload : List.of("1234567890", "2345678901", "3456789012")) {
                small.append(message(payload), AT);
            }

            assertThat(readAll(small, 0)).containsExactly("gap 1-1", "2=2345678901", "3=3456789012");
        }

        @Test
        void makes_room_for_one_large_message_at_the_cost_of_all_others() {
            var small = new TelemetryLog(0, 100, 1_000);
            small.append(message("a"), AT);
            small.append(message("b"), AT);
            small.append(message("x".repeat(700)), AT);

            assertThat(readAll(small, 0)).hasSize(2).first().isEqualTo("gap 1-2");
        }
    }

    @Nested
    class A_message_that_is_not_held {

        @Test
        void is_a_gap_in_its_place() {
            append("a");
            log.mark(GapCause.TOO_LARGE, null, "test");
            append("b");

            assertThat(readAll(log, 100)).containsExactly("101=a", "gap 102-102", "103=b");
        }

        @Test
        void is_a_gap_at_the_end() {
            append("a");
            log.mark(GapCause.TOO_LARGE, null, "test");

            assertThat(readAll(log, 101)).containsExactly("gap 102-102");
        }

        @Test
        void takes_a_place_as_others_do() {
            append("a", "b");
            log.mark(GapCause.TOO_LARGE, null, "test");
            log.mark(GapCause.TOO_LARGE, null, "test");
            append("c");

            assertThat(readAll(log, 100)).containsExactly("gap 101-102", "gap 103-103", "gap 104-104", "105=c");
        }
    }

    /** Every sequence of eight appends and skips, read from every cursor: each cursor is told once, as one or the other. */
    @Test
    void no_cursor_is_lost_or_told_twice() {
        for (int pattern = 0; pattern < 256; pattern++) {
            var tried = new TelemetryLog(0, 3, 10_000);
            for (int i = 0; i < 8; i++) {
                if ((pattern >> i & 1) == 0) {
                    tried.append(message("m"), AT);
                } else {
                    tried.mark(GapCause.TOO_LARGE, null, "test");
                }
                for (long after = 0; after <= i + 1; after++) {
                    assertThat(told(tried, after)).isEqualTo(i + 1 - after);
                }
            }
        }
    }

    private static long told(TelemetryLog log, long after) {
        return readAll(log, after).stream().mapToLong(TelemetryLogTest::cursors).sum();
    }

    private static long cursors(String read) {
        if (!read.startsWith("gap ")) {
            return 1;
        }
        var ends = read.substring(4).split("-", -1);
        return Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1;
    }
}
