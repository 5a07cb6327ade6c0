package io.akrimqtt.monitor.command.keep;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.monitor.command.life.Asker;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandPriority;
import io.akrimqtt.monitor.command.life.CommandRecord;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.Errand;
import io.akrimqtt.monitor.command.life.Queueing;
import io.akrimqtt.monitor.command.life.Terms;
import io.akrimqtt.monitor.command.life.TrafficClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Records as JSON: one flat object of texts, so that a stranger's nesting has nowhere to go. */
final class RecordCodec {

    /** A larger record is not read, in bytes. */
    static final int MAX_SIZE = 512 * 1024;

    private static final int MAX_FIELDS = 64;
    private static final String VERSION = "1";
    private static final JsonFactory JSON = new JsonFactory();

    private RecordCodec() {}

    /**
     * A record with what its process said of itself.
     *
     * @param owner the MQTT client id of the process that minds it
     * @param answers where that process awaits answers, or empty
     * @param stamp which of the owner's records this is
     */
    record Kept(CommandRecord command, String owner, String answers, Stamp stamp) {

        String id() {
            return command.id();
        }
    }

    /**
     * Which record this is.
     *
     * @param term how often the command has changed hands; positive
     * @param number rises with each record that its owner writes
     */
    record Stamp(long term, long number) {}

    static byte[] write(Kept kept) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            write(kept, json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Kept kept, JsonGenerator json) throws IOException {
        var command = kept.command();
        var order = command.order();
        put(json, "version", VERSION);
        put(json, "owner", kept.owner());
        put(json, "answers", kept.answers());
        put(json, "term", kept.stamp().term());
        put(json, "write", kept.stamp().number());
        put(json, "id", command.id());
        put(json, "number", command.number());
        put(json, "command", order.command());
        payload(json, "", order.payload());
        put(json, "timeout", order.timeout());
        put(json, "oneWay", order.oneWay());
        put(json, "idempotencyKey", order.idempotencyKey());
        put(json, "fingerprint", command.fingerprint());
        put(json, "repeatable", order.repeatable());
        put(json, "class", order.terms().traffic());
        put(json, "caller", order.caller());
        put(json, "member", order.member());
        put(json, "reply", order.reply());
        var trace = order.trace();
        if (trace != null) {
            put(json, TraceContext.PARENT, trace.traceparent());
            put(json, TraceContext.STATE, trace.state());
        }
        var queueing = order.queueing();
        if (queueing != null) {
            put(json, "ttl", queueing.ttl());
            put(json, "priority", queueing.priority());
            put(json, "replaceKey", queueing.replaceKey());
        }
        put(json, "submitted", command.submitted());
        put(json, "until", command.until());
        put(json, "sent", command.sent());
        put(json, "deadline", command.deadline());
        put(json, "ended", command.ended());
        var outcome = command.outcome();
        if (outcome != null) {
            put(json, "state", outcome.state());
            put(json, "status", outcome.status());
            put(json, "origin", outcome.origin());
            put(json, "retryable", outcome.retryable());
            put(json, "text", outcome.text());
            payload(json, "answer.", outcome.payload());
        }
    }

    private static void payload(JsonGenerator json, String prefix, Payload payload) throws IOException {
        if (payload.size() > 0) {
            put(json, prefix + "payload", Base64.getEncoder().encodeToString(payload.bytes()));
        }
        put(json, prefix + "contentType", payload.contentType().orElse(null));
    }

    private static void put(JsonGenerator json, String name, @Nullable Object value) throws IOException {
        if (value != null && !value.toString().isEmpty()) {
            json.writeStringField(name, value.toString());
        }
    }

    /** Empty for what is no record that we could have written. */
    static Optional<Kept> read(byte[] bytes) {
        if (bytes.length > MAX_SIZE) {
            return Optional.empty();
        }
        try {
            var fields = fields(bytes);
            return VERSION.equals(fields.get("version")) ? Optional.of(new Fields(fields).kept()) : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> fields(byte[] bytes) throws IOException {
        var fields = new HashMap<String, String>();
        try (var json = JSON.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("no object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                if (json.nextToken() != JsonToken.VALUE_STRING || fields.size() >= MAX_FIELDS) {
                    throw new IllegalArgumentException("not flat");
                }
                fields.put(name, json.getText());
            }
            if (json.currentToken() != JsonToken.END_OBJECT) {
                throw new IllegalArgumentException("no end");
            }
        }
        return fields;
    }

    /** The fields of one record; throws for what is missing or wrong. */
    private record Fields(Map<String, String> values) {

        Kept kept() {
            var command = new CommandRecord(
                    required("id"),
                    Long.parseLong(required("number")),
                    order(),
                    text("fingerprint"),
                    instant("submitted"),
                    instant("until"),
                    optional("sent"),
                    optional("deadline"),
                    outcome(),
                    optional("ended"));
            return new Kept(command, text("owner"), text("answers"), stamp());
        }

        private Stamp stamp() {
            long term = text("term").isEmpty() ? 1 : Long.parseLong(text("term"));
            if (term < 1 || term == Long.MAX_VALUE) {
                throw new IllegalArgumentException("term");
            }
            return new Stamp(term, text("write").isEmpty() ? 0 : Long.parseLong(text("write")));
        }

        private CommandOrder order() {
            return new CommandOrder(
                    new Errand(
                            required("command"),
                            payload(""),
                            Duration.parse(required("timeout")),
                            Boolean.parseBoolean(text("oneWay")),
                            text("member")),
                    new Terms(
                            queueing(),
                            text("idempotencyKey"),
                            Boolean.parseBoolean(text("repeatable")),
                            text("class").isEmpty() ? TrafficClass.NORMAL : TrafficClass.valueOf(text("class"))),
                    new Asker(
                            text("caller"),
                            text("reply"),
                            TraceContext.of(text(TraceContext.PARENT), text(TraceContext.STATE))
                                    .orElse(null)));
        }

        private @Nullable Queueing queueing() {
            return text("ttl").isEmpty()
                    ? null
                    : new Queueing(
                            Duration.parse(text("ttl")),
                            CommandPriority.valueOf(required("priority")),
                            text("replaceKey"));
        }

        private @Nullable CommandOutcome outcome() {
            return text("state").isEmpty()
                    ? null
                    : new CommandOutcome(
                            CommandState.valueOf(text("state")),
                            true,
                            Integer.parseInt(required("status")),
                            text("origin").isEmpty() ? null : Origin.valueOf(text("origin")),
                            Boolean.parseBoolean(text("retryable")),
                            text("text"),
                            payload("answer."));
        }

        private Payload payload(String prefix) {
            var type = values.get(prefix + "contentType");
            return Payload.of(Base64.getDecoder().decode(text(prefix + "payload")), type);
        }

        private Instant instant(String name) {
            return Instant.parse(required(name));
        }

        private @Nullable Instant optional(String name) {
            return text(name).isEmpty() ? null : Instant.parse(text(name));
        }

        private String required(String name) {
            var value = text(name);
            if (value.isEmpty()) {
                throw new IllegalArgumentException(name);
            }
            return value;
        }

        private String text(String name) {
            return values.getOrDefault(name, "");
        }
    }
}
