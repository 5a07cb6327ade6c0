package io.akrimqtt.serving.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.LoggingEvent;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

class LogLinesTest {

    /** All that JSON and terminals may stumble over. */
    private static final String NASTY =
            "\"\\/\b\f\n\r\t\u0000\u001b[31m\u007f\u0085\u2028\u2029é\uD83D\uDE00\uD800 lone {\"a\":1}";

    private final LoggerContext context = new LoggerContext();

    private LoggingEvent event(String message, @Nullable Throwable error, KeyValuePair... pairs) {
        var event = new LoggingEvent("x", context.getLogger("io.akrimqtt.Test"), Level.WARN, message, error, null);
        event.setTimeStamp(1_763_726_400_123L);
        event.setKeyValuePairs(List.of(pairs));
        return event;
    }

    private static KeyValuePair pair(String key, @Nullable Object value) {
        return new KeyValuePair(key, value);
    }

    /** Strict: one object, whole, in well-formed UTF-8, on one line. */
    private static JsonObject parse(byte[] bytes) throws IOException {
        var text = UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        assertThat(text).endsWith("}\n").matches("[^\n\r\u0085\u2028\u2029]*\n");
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        return JsonParser.parseReader(reader).getAsJsonObject();
    }

    @Test
    void an_event_is_one_json_object_on_one_line() throws IOException {
        var error = new IllegalStateException("outer " + NASTY, new IOException("inner"));

        var line = parse(new JsonLineEncoder()
                .encode(event(
                        "device left " + NASTY,
                        error,
                        pair("topic", NASTY),
                        pair("count", 3),
                        pair("none", null),
                        pair("trace_id", "0af7651916cd43dd8448eb211c80319c"))));

        assertThat(line.keySet())
                .containsExactly("time", "level", "logger", "thread", "message", "trace_id", "data", "error");
        assertThat(line.get("time").getAsString()).isEqualTo("2025-11-21T12:00:00.123Z");
        assertThat(line.get("level").getAsString()).isEqualTo("WARN");
        assertThat(line.get("message").getAsString()).isEqualTo("device left " + NASTY.replace("\uD800", "?"));
        var data = line.getAsJsonObject("data");
        assertThat(data.get("topic").getAsString()).isEqualTo(NASTY.replace("\uD800", "?"));
        assertThat(data.get("count").getAsString()).isEqualTo("3");
        assertThat(data.get("none").getAsString()).isEqualTo("null");
        var told = line.getAsJsonObject("error");
        assertThat(told.get("type").getAsString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(told.get("stack").getAsString()).contains("LogLinesTest", "Caused by: java.io.IOException: inner");
    }

    @Test
    void a_line_has_16_kib_at_most_and_stays_whole() throws IOException {
        var pairs = new KeyValuePair[300];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = pair("k".repeat(200) + i, "\u0000é".repeat(10_000));
        }
        var error = new IllegalStateException("\u0001".repeat(50_000), new IOException("日".repeat(50_000)));

        var bytes = new JsonLineEncoder().encode(event("日".repeat(50_000), error, pairs));

        assertThat(bytes.length).isBetween(JsonLineEncoder.LONGEST / 2, JsonLineEncoder.LONGEST);
        assertThat(parse(bytes).getAsJsonObject("data").get("omitted").getAsString())
                .matches("\\d+");
    }

    @Test
    void a_key_that_comes_twice_is_there_twice_under_two_names() throws IOException {
        var line = parse(new JsonLineEncoder().encode(event("x", null, pair("topic", "a"), pair("topic", "b"))));

        assertThat(line.getAsJsonObject("data").toString()).isEqualTo("{\"topic\":\"a\",\"topic_1\":\"b\"}");
    }

    @Test
    void a_line_of_text_is_one_line_whatever_others_wrote_and_has_an_end() throws IOException {
        var pattern = Pattern.compile("<pattern>(.*)</pattern>")
                .matcher(Files.readString(Path.of("src/main/resources/io/akrimqtt/serving/log-text.xml")));
        assertThat(pattern.find()).isTrue();
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(pattern.group(1));
        encoder.start();

        var forged =
                new String(encoder.encode(event("seen", null, pair("topic", "a\n2026 INFO forged\u001b[2J"))), UTF_8);
        var endless = new String(encoder.encode(event("x".repeat(100_000), null)), UTF_8);

        assertThat(forged)
                .endsWith("Test: seen topic=\"a?2026 INFO forged?[2J\"\n")
                .containsOnlyOnce("\n");
        assertThat(endless.length()).isBetween(16_000, 16_100);
    }
}
