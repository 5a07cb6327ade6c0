package io.akrimqtt.monitor.command.keep;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandPriority;
import io.akrimqtt.monitor.command.life.CommandRecord;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.command.life.TrafficClass;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00.000000001Z");
    private static final RecordCodec.Stamp STAMP = new RecordCodec.Stamp(3, 7_000_000_000L);
    private static final CommandOrder ORDER = new CommandOrder(
                    "start \"ü\"", Payload.of(new byte[] {0, -1, 7}, "a/b"), Duration.ofMillis(1_500), false)
            .queued(new Queueing(Duration.ofHours(2), CommandPriority.HIGH, "speed"))
            .withIdempotencyKey("k")
            .repeatably()
            .in(TrafficClass.BULK)
            .from("CN=me")
            .to("line/press")
            .withReply("ps 0402 my/answers")
            .traced(new TraceContext("0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", 1, "congo=t61 r"));

    private static CommandRecord waiting() {
        return new CommandRecord("id", 7, ORDER, "f", NOW, NOW.plusSeconds(5), null, null, null, null);
    }

    private static RecordCodec.Kept again(CommandRecord record) {
        return RecordCodec.read(RecordCodec.write(new RecordCodec.Kept(record, "me", "a/+/b", STAMP)))
                .orElseThrow();
    }

    @Test
    void what_waits_is_read_as_it_was_written() {
        assertThat(again(waiting())).isEqualTo(new RecordCodec.Kept(waiting(), "me", "a/+/b", STAMP));
    }

    @Test
    void what_has_ended_is_read_as_it_was_written() {
        var outcome = CommandOutcome.refused(504, Origin.DEVICE, true, "no answer");
        var plain = new CommandOrder("stop", Payload.EMPTY, Duration.ofSeconds(1), true);
        var ended = new CommandRecord("id", 7, plain, "", NOW, NOW, NOW, NOW, outcome, NOW);

        assertThat(again(ended).command()).isEqualTo(ended);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "[]",
                "{}",
                "{\"version\":\"2\"}",
                "{\"version\":\"1\"}",
                "{\"version\":\"1\",\"id\":{}}",
                "{\"version\":\"1\",\"id\":7}"
            })
    void what_is_no_record_is_refused(String text) {
        assertThat(RecordCodec.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"number", "timeout", "submitted", "until", "priority", "payload", "ttl", "term", "write", "class"
            })
    void a_field_that_cannot_be_read_refuses_the_record(String field) {
        var text =
                new String(RecordCodec.write(new RecordCodec.Kept(waiting(), "me", "", STAMP)), StandardCharsets.UTF_8);
        var spoiled = text.replaceFirst("\"" + field + "\":\"[^\"]*\"", "\"" + field + "\":\"?\"");

        assertThat(spoiled).isNotEqualTo(text);
        assertThat(RecordCodec.read(spoiled.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void what_is_cut_off_or_too_large_is_refused() {
        var bytes = RecordCodec.write(new RecordCodec.Kept(waiting(), "me", "", STAMP));

        assertThat(RecordCodec.read(new String(bytes, StandardCharsets.UTF_8)
                        .substring(0, bytes.length - 5)
                        .getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(RecordCodec.read(new byte[RecordCodec.MAX_SIZE + 1])).isEmpty();
    }
}
