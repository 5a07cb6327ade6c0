package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.process.InstanceState;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A device, as its handler and its Instance tell.
 *
 * @param presence online, sleeping, offline or unknown; empty where the handler tells nothing of it
 * @param evidence the kind of what decided; empty likewise
 * @param topic of the message that decided; empty for none
 * @param text why, in words
 * @param instance its Instance, or null for none
 */
public record DeviceView(
        String id,
        String name,
        String presence,
        String evidence,
        String topic,
        String text,
        @Nullable InstanceState instance) {

    /** For a table. */
    public static final List<String> HEADINGS =
            List.of("DEVICE", "PRESENCE", "EVIDENCE", "INSTANCE", "WORKLOAD", "WHY");

    /** Its row of a table with these headings. */
    public List<String> row() {
        return List.of(
                name,
                presence.isEmpty() ? "-" : presence,
                evidence.isEmpty() ? "-" : evidence,
                instance == null ? "-" : instance.instance(),
                workload().isEmpty() ? "-" : workload(),
                text);
    }

    /** The state of its workload in lower case; empty without an Instance. */
    public String workload() {
        return instance == null ? "" : instance.state().name().toLowerCase(Locale.ROOT);
    }

    /** As an event. */
    public Event event(Instant now) {
        var event = Event.of(EventType.DEVICE_FOUND, now)
                .with(Field.DEVICE, name)
                .with(Field.DEVICE_ID, id)
                .with(Field.PRESENCE, presence)
                .with(Field.EVIDENCE, evidence)
                .with(Field.TOPIC, topic)
                .with(Field.TEXT, text)
                .with(Field.WORKLOAD, workload());
        if (instance == null) {
            return event;
        }
        var placed = event.with(Field.INSTANCE, instance.instance());
        return instance.pid() > 0 ? placed.with(Field.PID, instance.pid()) : placed;
    }

    /** What tells it from others of the same name. */
    String distinct() {
        return instance == null ? id : instance.instance();
    }

    boolean called(String text) {
        return id.equals(text)
                || name.equals(text)
                || (instance != null && instance.instance().equals(text));
    }
}
