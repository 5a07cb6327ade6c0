package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.codec.CloudEventCodec;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.UserProperty;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What requests and answers have in common that are CloudEvents in JSON. */
final class Envelope {

    static final CloudEventCodec CODEC = CloudEventCodec.structured();
    static final String REQUEST = "io.akrimqtt.command";
    static final String ANSWER = "io.akrimqtt.command.answer";

    /** Names of extensions. */
    static final String CORRELATION = "correlationid";

    static final String REPLY_TO = "replyto";
    static final String EXPIRY = "expirytime";
    static final String STATUS = "status";
    static final String TEXT = "statusmessage";

    private static final Set<String> OURS = Set.of(
            CORRELATION,
            REPLY_TO,
            EXPIRY,
            STATUS,
            TEXT,
            "id",
            "source",
            "type",
            "subject",
            "time",
            "specversion",
            "data",
            "datacontenttype",
            "dataschema",
            Headers.CANCEL);

    private Envelope() {}

    static CloudEventBuilder event(String type, String id, String source, Payload payload) {
        var builder = CloudEventBuilder.v1().withType(type).withId(id).withSource(source(source));
        return payload.size() == 0
                ? builder
                : builder.withData(payload.contentType().orElse("application/octet-stream"), payload.bytes());
    }

    private static URI source(String id) {
        try {
            return new URI(null, null, "/" + id, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a path with a leading slash is always a URI", e);
        }
    }

    static Payload payload(CloudEvent event) {
        var data = event.getData();
        return data == null ? Payload.EMPTY : Payload.of(data.toBytes(), event.getDataContentType());
    }

    static Optional<String> extension(CloudEvent event, String name) {
        return Optional.ofNullable(event.getExtension(name)).map(Object::toString);
    }

    /** @throws IllegalArgumentException for a name that CloudEvents does not allow, or that is taken */
    static void add(CloudEventBuilder builder, UserProperty property) {
        if (OURS.contains(property.name()) || !property.name().matches("[a-z0-9]{1,20}")) {
            throw new IllegalArgumentException("property: '" + property.name()
                    + "' (expected: 1 to 20 characters of a to z and 0 to 9, none of CloudEvents' own names)");
        }
        builder.withExtension(property.name(), property.value());
    }

    static List<UserProperty> properties(CloudEvent event) {
        return event.getExtensionNames().stream()
                .filter(name -> !OURS.contains(name))
                .map(name -> new UserProperty(name, String.valueOf(event.getExtension(name))))
                .toList();
    }

    /** Reads one, or empty where it is none. */
    static Optional<CloudEvent> read(Message message) {
        try {
            return Optional.of(CODEC.decode(message));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
