package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastValuesTest {

    private final LastValues values = new LastValues(2, 1_000);
    private long cursor;

    private boolean put(String topic, String payload) {
        cursor++;
        return values.put(new TelemetryEntry(cursor, Message.of(TopicName.of(topic), payload), Instant.EPOCH));
    }

    private List<String> all() {
        return values.upTo(cursor, _ -> true).stream()
                .map(entry -> entry.message().topic() + "=" + entry.message().text())
                .toList();
    }

    @Test
    void the_last_message_of_a_topic_replaces_the_one_before() {
        put("a", "1");
        put("b", "2");
        put("a", "3");

        assertThat(all()).containsExactly("b=2", "a=3");
    }

    @Test
    void further_topics_find_no_room() {
        put("a", "1");
        put("b", "2");

        assertThat(put("c", "3")).isFalse();
        assertThat(put("a", "4")).isTrue();
        assertThat(all()).containsExactly("b=2", "a=4");
    }

    @Test
    void a_value_without_room_takes_the_stale_one_with_it() {
        put("a", "1");

        assertThat(put("a", "x".repeat(1_000))).isFalse();
        assertThat(all()).isEmpty();
        assertThat(put("a", "x".repeat(700))).isTrue();
    }

    @Test
    void topics_with_a_newer_message_than_asked_for_are_left_out() {
        put("a", "1");
        put("b", "2");

        assertThat(values.upTo(1, _ -> true)).hasSize(1);
        assertThat(values.upTo(2, topic -> topic.value().equals("b"))).hasSize(1);
    }
}
