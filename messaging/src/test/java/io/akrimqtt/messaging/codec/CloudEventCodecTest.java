package io.akrimqtt.messaging.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.topic.TopicName;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CloudEventCodecTest {

    private static final TopicName TOPIC = TopicName.of("plant/events");

    private static final CloudEvent EVENT = CloudEventBuilder.v1()
            .withId("e-1")
            .withSource(URI.create("/plant/press"))
            .withType("temperature.read")
            .withSubject("oil")
            .withTime(OffsetDateTime.parse("2026-11-20T10:00:00Z"))
            .withExtension("traceparent", "00-1-2-01")
            .withData("application/json", "{\"celsius\":71}".getBytes(StandardCharsets.UTF_8))
            .build();

    @Test
    void binary_mode_has_attributes_as_user_properties_without_a_prefix() {
        var message = CloudEventCodec.of(ProtocolVersion.MQTT_5).encode(TOPIC, EVENT);

        assertThat(message.userProperties())
                .containsExactlyInAnyOrder(
                        new UserProperty("specversion", "1.0"),
                        new UserProperty("id", "e-1"),
                        new UserProperty("source", "/plant/press"),
                        new UserProperty("type", "temperature.read"),
                        new UserProperty("subject", "oil"),
                        new UserProperty("time", "2026-11-20T10:00:00Z"),
                        new UserProperty("traceparent", "00-1-2-01"));
        assertThat(message.contentType()).hasValue("application/json");
        assertThat(message.text()).isEqualTo("{\"celsius\":71}");
    }

    @Test
    void structured_mode_has_all_in_the_payload() {
        var message = CloudEventCodec.of(ProtocolVersion.MQTT_3_1_1).encode(TOPIC, EVENT);

        assertThat(message.userProperties()).isEmpty();
        assertThat(message.contentType()).hasValue("application/cloudevents+json");
        assertThat(message.text()).contains("\"data\":{\"celsius\":71}", "\"id\":\"e-1\"");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void either_codec_reads_both_modes(boolean binary) {
        var codec = binary ? CloudEventCodec.binary() : CloudEventCodec.structured();

        for (var writer : new CloudEventCodec[] {CloudEventCodec.binary(), CloudEventCodec.structured()}) {
            var read = codec.decode(writer.encode(TOPIC, EVENT));
            assertThat(read.getAttributeNames()).isEqualTo(EVENT.getAttributeNames());
            assertThat(read.getId()).isEqualTo("e-1");
            assertThat(read.getTime()).isEqualTo(EVENT.getTime());
            assertThat(read.getExtension("traceparent")).isEqualTo("00-1-2-01");
            assertThat(Objects.requireNonNull(read.getData()).toBytes())
                    .isEqualTo("{\"celsius\":71}".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void what_mqtt_3_carries_of_a_structured_event_is_enough() {
        var message = CloudEventCodec.structured().encode(TOPIC, EVENT);

        var bare = Message.to(TOPIC).payload(message.payload()).build();

        assertThat(CloudEventCodec.binary().decode(bare).getSubject()).isEqualTo("oil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "hello",
                "{\"specversion\":\"1.0\"}",
                "{\"specversion\":\"7\",\"id\":\"1\"}"
            })
    void what_is_no_event_is_refused_without_its_payload(String text) {
        assertThatThrownBy(() -> CloudEventCodec.structured().decode(Message.of(TOPIC, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("payload: no CloudEvent (expected: binary or structured JSON, version 1.0)");
    }

    @Test
    void a_binary_event_with_bad_attributes_is_refused() {
        for (var bad : new UserProperty[] {
            new UserProperty("specversion", "9"),
            new UserProperty("time", "yesterday"),
            new UserProperty("source", "::")
        }) {
            var message = Message.to(TOPIC)
                    .userProperty(bad.name().equals("specversion") ? "other" : "specversion", "1.0")
                    .userProperty(bad.name(), bad.value())
                    .userProperty("id", "1")
                    .userProperty("type", "t")
                    .build();
            assertThatThrownBy(() -> CloudEventCodec.binary().decode(message))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void another_content_type_is_refused() {
        var message = Message.to(TOPIC).text("<a/>").contentType("text/xml").build();

        assertThatThrownBy(() -> CloudEventCodec.structured().decode(message))
                .hasMessage("content type: 'text/xml' (expected: application/cloudevents+json)");
    }
}
