package io.akrimqtt.cli.recording;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A message as it is recorded: its payload may be cut. Immutable. */
public final class RecordedMessage {

    /** The longest payload that is recorded whole, in bytes. */
    public static final int MAX_PAYLOAD = 64 * 1024;

    private final String topic;
    private final int qos;
    private final byte[] payload;
    private final int size;

    /**
     * Takes a copy of the payload, or of its beginning.
     *
     * @param qos 0, 1 or 2
     * @param size how long the payload was, in bytes
     */
    public RecordedMessage(String topic, int qos, byte[] payload, int size) {
        this.topic = topic;
        this.qos = qos;
        this.payload = Arrays.copyOf(payload, Math.min(payload.length, MAX_PAYLOAD));
        this.size = size;
    }

    /** A message whose payload is there. */
    public static RecordedMessage of(String topic, int qos, byte[] payload) {
        return new RecordedMessage(topic, qos, payload, payload.length);
    }

    public String topic() {
        return topic;
    }

    public int qos() {
        return qos;
    }

    /** A copy of what is recorded of the payload. */
    public byte[] payload() {
        return payload.clone();
    }

    /** How long the payload was, in bytes. */
    public int size() {
        return size;
    }

    /** Whether the end of the payload is missing. */
    public boolean cut() {
        return size > payload.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RecordedMessage that
                && topic.equals(that.topic)
                && qos == that.qos
                && size == that.size
                && Arrays.equals(payload, that.payload);
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + Arrays.hashCode(payload);
    }

    /** Names the topic and the size; the payload may be secret. */
    @Override
    public String toString() {
        return "RecordedMessage[" + topic + ", " + size + " bytes]";
    }
}
