package io.akrimqtt.messaging.codec;

import io.akrimqtt.messaging.message.Message;
import java.util.Locale;
import java.util.Optional;

/** MIME types of messages. */
final class ContentTypes {

    private static final int QUOTED = 80;

    private ContentTypes() {}

    /** The type without parameters, in lower case; empty where none is told. */
    static Optional<String> name(Message message) {
        return message.contentType().map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
    }

    /** @throws IllegalArgumentException where the message tells another type */
    static void check(Message message, String expected) {
        var name = name(message);
        if (name.isPresent() && !name.get().equals(expected)) {
            throw new IllegalArgumentException("content type: '"
                    + name.get().substring(0, Math.min(QUOTED, name.get().length())) + "' (expected: " + expected
                    + ")");
        }
    }
}
