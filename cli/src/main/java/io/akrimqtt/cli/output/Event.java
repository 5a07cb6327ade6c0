package io.akrimqtt.cli.output;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One thing to tell. Immutable. */
public final class Event {

    private final EventType type;
    private final Instant time;
    private final Map<Field, Object> values;

    private Event(EventType type, Instant time, Map<Field, Object> values) {
        this.type = type;
        this.time = time;
        this.values = values;
    }

    /** An event without fields. */
    public static Event of(EventType type, Instant time) {
        return new Event(type, time, Map.of());
    }

    /** The same with a text; null and empty texts are left out. */
    public Event with(Field field, @Nullable String value) {
        return value == null || value.isEmpty() ? this : put(field, value);
    }

    /** The same with a number. */
    public Event with(Field field, long value) {
        return put(field, value);
    }

    /** The same with a truth. */
    public Event with(Field field, boolean value) {
        return put(field, value);
    }

    private Event put(Field field, Object value) {
        if (!type.fields().contains(field)) {
            throw new IllegalArgumentException("field: " + field + " (expected: one of " + type.fields() + ")");
        }
        var more = new EnumMap<Field, Object>(Field.class);
        more.putAll(values);
        more.put(field, value);
        return new Event(type, time, Collections.unmodifiableMap(more));
    }

    public EventType type() {
        return type;
    }

    public Instant time() {
        return time;
    }

    /** A field's value: text, {@link Long} or {@link Boolean}. */
    public Optional<Object> value(Field field) {
        return Optional.ofNullable(values.get(field));
    }

    /** A field as text; empty where it has no value. */
    public String text(Field field) {
        return value(field).map(Object::toString).orElse("");
    }

    /** Names the type: payloads may be secret. */
    @Override
    public String toString() {
        return "Event[" + type.eventName() + "]";
    }
}
