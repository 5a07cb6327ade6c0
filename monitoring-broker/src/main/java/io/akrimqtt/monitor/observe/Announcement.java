package io.akrimqtt.monitor.observe;

import com.fasterxml.jackson.core.JsonFactory;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.monitor.device.MonitorSettings;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * What the workload says of itself on its own topic, retained, in JSON: {@code state} ({@code online} or {@code offline}),
 * {@code device}, {@code workload}, and {@code since} where it is known.
 */
public final class Announcement {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String OFFLINE = "\"state\":\"offline\"";

    private final MonitorSettings settings;
    private final Instant start;

    /** @param start when this workload started */
    public Announcement(MonitorSettings settings, Instant start) {
        this.settings = settings;
        this.start = start;
    }

    /** It runs. */
    public Message online() {
        return message("online", start.toString());
    }

    /** It has gone: the Last Will, and what it says before it disconnects. A will cannot know when. */
    public Message offline() {
        return message("offline", "");
    }

    /** Whether an announcement, of whatever workload, says that it has gone. */
    static boolean offline(Message message) {
        return message.text().contains(OFFLINE);
    }

    private Message message(String state, String since) {
        return Message.to(settings.topics().state())
                .text(json(state, since))
                .contentType("application/json")
                .retain(settings.commands().retain())
                .build();
    }

    private String json(String state, String since) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("state", state);
            json.writeStringField("device", settings.device().id().value());
            json.writeStringField("workload", settings.workload());
            if (!since.isEmpty()) {
                json.writeStringField("since", since);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a string in memory cannot fail", e);
        }
        return text.toString();
    }
}
