package io.akrimqtt.cli.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.akrimqtt.cli.output.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes what happened as JSON, without the line's end. */
final class Lines {

    private static final JsonFactory JSON = new JsonFactory();

    private Lines() {}

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }

    private static String object(Body body) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory", e);
        }
        return text.toString();
    }

    static String of(RecordingHeader header) {
        return object(out -> {
            out.writeStringField("recording", RecordingHeader.MAGIC);
            out.writeNumberField("version", RecordingHeader.VERSION);
            out.writeStringField("time", header.time().toString());
            out.writeStringField("configuration", header.configuration());
            list(out, "servers", header.servers());
            list(out, "filters", header.filters());
        });
    }

    private static void list(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (var text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    static String of(Recorded recorded) {
        return object(out -> {
            out.writeStringField("time", recorded.time().toString());
            if (recorded instanceof Recorded.AtServer at) {
                out.writeNumberField("server", at.server());
            }
            body(out, recorded);
        });
    }

    private static void body(JsonGenerator out, Recorded recorded) throws IOException {
        switch (recorded) {
            case Recorded.Connected(var _, var _, var protocol) -> {
                out.writeStringField("event", "connected");
                out.writeStringField("protocol", protocol);
            }
            case Recorded.Disconnected(var _, var _, var reason) -> reason(out, "disconnected", reason);
            case Recorded.RetainedRead(var _, var _, var complete, var reason) -> {
                out.writeStringField("event", "retained.read");
                out.writeBooleanField("complete", complete);
                out.writeStringField("reason", reason);
            }
            case Recorded.Retained(var _, var _, var message) -> {
                out.writeStringField("event", "retained");
                message(out, message);
            }
            case Recorded.Published(var _, var _, var message, var retain) -> {
                out.writeStringField("event", "message");
                if (retain != null) {
                    out.writeBooleanField("retain", retain);
                }
                message(out, message);
            }
            case Recorded.Ended(var _, var reason) -> reason(out, "ended", reason);
        }
    }

    private static void reason(JsonGenerator out, String event, String reason) throws IOException {
        out.writeStringField("event", event);
        out.writeStringField("reason", reason);
    }

    private static void message(JsonGenerator out, RecordedMessage message) throws IOException {
        byte[] payload = message.payload();
        out.writeStringField("topic", message.topic());
        out.writeNumberField("qos", message.qos());
        out.writeBinaryField("payload", payload);
        if (message.cut()) {
            out.writeNumberField("size", message.size());
        }
        var text = Printable.text(payload);
        if (text.isPresent()) {
            out.writeStringField("text", text.get());
        }
    }
}
