package io.akrimqtt.messaging.rpc;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bytes and what they are, of a command or of its answer. Immutable. */
public final class Payload {

    /** No bytes. */
    public static final Payload EMPTY = new Payload(new byte[0], null);

    /** Text by its name, or JSON, or XML. */
    private static final Pattern TEXT_TYPE =
            Pattern.compile("text/|application/(?:[a-z0-9.-]+\\+)?(?:json|xml)(?:[; ]|$)", Pattern.CASE_INSENSITIVE);

    private final byte[] bytes;
    private final @Nullable String contentType;

    private Payload(byte[] bytes, @Nullable String contentType) {
        this.bytes = bytes;
        this.contentType = contentType;
    }

    /**
     * Takes a copy of the bytes.
     *
     * @param contentType a MIME type, or null where it is not known; travels on MQTT 5 only
     */
    public static Payload of(byte[] bytes, @Nullable String contentType) {
        return new Payload(bytes.clone(), contentType);
    }

    /** Text in UTF-8. */
    public static Payload text(String text) {
        return new Payload(text.getBytes(StandardCharsets.UTF_8), "text/plain");
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The size in bytes. */
    public int size() {
        return bytes.length;
    }

    /** The bytes as UTF-8; malformed ones become U+FFFD. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Whether the bytes are well-formed UTF-8. */
    public boolean utf8() {
        try {
            var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether it is text, by its content type and by its bytes. */
    boolean isText() {
        return contentType != null && TEXT_TYPE.matcher(contentType).lookingAt() && utf8();
    }

    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Payload that
                && Arrays.equals(bytes, that.bytes)
                && Objects.equals(contentType, that.contentType);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + Objects.hashCode(contentType);
    }

    /** Names the size only; the bytes may be secret. */
    @Override
    public String toString() {
        return "Payload[" + bytes.length + " bytes]";
    }
}
