package io.akrimqtt.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import org.junit.jupiter.api.Test;

class JsonCodecTest {

    private static final TopicName TOPIC = TopicName.of("plant/press");

    /** What travels. */
    record Reading(String name, double value) {}

    private final JsonCodec<Reading> codec = JsonCodec.of(Reading.class);

    @Test
    void a_value_comes_back_as_it_went() {
        var message = codec.encode(TOPIC, new Reading("oil", 71.5));

        assertThat(message.text()).isEqualTo("{\"name\":\"oil\",\"value\":71.5}");
        assertThat(message.contentType()).hasValue("application/json");
        assertThat(codec.decode(message)).isEqualTo(new Reading("oil", 71.5));
    }

    @Test
    void what_is_none_is_refused_with_the_place_and_without_the_payload() {
        assertThatThrownBy(() -> codec.decode(Message.of(TOPIC, "{\"name\":\"secret\",\"value\":x}")))
                .hasMessage("payload: no Reading in JSON from line 1, column 26 on");
        assertThatThrownBy(() -> codec.decode(Message.of(TOPIC, "null")))
                .hasMessage("payload: null (expected: a Reading)");
        assertThatThrownBy(() -> codec.decode(
                        Message.to(TOPIC).text("{}").contentType("text/csv").build()))
                .hasMessage("content type: 'text/csv' (expected: application/json)");
    }
}
