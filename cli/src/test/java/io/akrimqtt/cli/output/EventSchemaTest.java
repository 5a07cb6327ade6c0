package io.akrimqtt.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The events are a promise: what is in {@code events.txt} stays; what is new is added there. */
class EventSchemaTest {

    private static final Path PROMISE = Path.of("src/test/resources/events.txt");
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

    @Test
    void every_event_and_field_is_as_promised() throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(PROMISE, EventSchema.lines() + "\n");
        }
        assertThat(EventSchema.lines() + "\n").isEqualTo(Files.readString(PROMISE));
    }

    @Test
    void an_event_is_one_object_on_one_line_with_its_fields_in_order() {
        var event = Event.of(EventType.COMMAND_FINISHED, NOON)
                .with(Field.TEXT, "line\nbreak and \"quotes\"")
                .with(Field.STATE, "SUCCEEDED")
                .with(Field.DEVICE, "press-1")
                .with(Field.STATUS, 200)
                .with(Field.RETRYABLE, false)
                .with(Field.INSTANCE, null)
                .with(Field.COMMAND, "");

        var line = new JsonFormat().line(event);

        assertThat(line)
                .isEqualTo(
                        "{\"time\":\"2026-11-20T12:00:00.123Z\",\"event\":\"command.finished\",\"device\":\"press-1\","
                                + "\"state\":\"SUCCEEDED\",\"status\":200,\"retryable\":false,"
                                + "\"text\":\"line\\nbreak and \\\"quotes\\\"\"}");
    }

    @Test
    void a_field_that_an_event_does_not_promise_is_refused() {
        var event = Event.of(EventType.WORKLOAD_GONE, NOON);

        assertThatIllegalArgumentException().isThrownBy(() -> event.with(Field.PAYLOAD, "x"));
    }

    @Test
    void the_help_names_every_event_and_every_field() {
        var help = EventSchema.text();

        for (var type : EventType.values()) {
            assertThat(help).contains(type.eventName());
        }
        for (var field : Field.values()) {
            assertThat(help).contains("  " + field.key() + " ");
        }
    }

    @Test
    void payloads_that_are_no_text_come_in_hexadecimal() {
        var event = Event.of(EventType.TELEMETRY_MESSAGE, NOON);

        assertThat(Printable.payload(event, new byte[] {1, (byte) 0xff}).text(Field.PAYLOAD_HEX))
                .isEqualTo("01ff");
        assertThat(Printable.payload(event, "ü\n".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .text(Field.PAYLOAD))
                .isEqualTo("ü\n");
    }

    @Test
    void json_on_several_lines_is_printed_on_one_and_other_text_is_left_as_it_is() {
        assertThat(Printable.json("{\n  \"force\": 1.50,\n  \"on\": true\n}"))
                .isEqualTo("{\"force\":1.50,\"on\":true}");
        assertThat(Printable.json("{\n} {")).isEqualTo("{\n} {");
        assertThat(Printable.json("no\njson")).isEqualTo("no\njson");
        assertThat(Printable.json("\n")).isEqualTo("\n");
    }
}
