package io.akrimqtt.messaging.codec;

import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.topic.TopicName;
import io.cloudevents.CloudEvent;
import io.cloudevents.SpecVersion;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.types.Time;
import java.time.OffsetDateTime;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * CloudEvents over MQTT, by the CloudEvents MQTT binding 1.0.2: in binary mode the attributes are user properties, which needs
 * MQTT 5; in structured mode the payload is the whole event in JSON. Reads both modes, whichever it writes; what tells neither is
 * taken as JSON, since MQTT 3.1.1 cannot tell. Immutable.
 */
public final class CloudEventCodec implements PayloadCodec<CloudEvent> {

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String ANY_STRUCTURED = "application/cloudevents";
    private static final String SPEC_VERSION = "specversion";
    private static final String CONTENT_TYPE = "datacontenttype";

    private static final String NONE = "payload: no CloudEvent (expected: binary or structured JSON, version 1.0)";

    private final JsonFormat json = new JsonFormat();
    private final boolean binary;

    private CloudEventCodec(boolean binary) {
        this.binary = binary;
    }

    /** Writes binary mode, for MQTT 5. */
    public static CloudEventCodec binary() {
        return new CloudEventCodec(true);
    }

    /** Writes structured mode, which any version of MQTT carries. */
    public static CloudEventCodec structured() {
        return new CloudEventCodec(false);
    }

    /** Writes what the binding has for this version. */
    public static CloudEventCodec of(ProtocolVersion protocol) {
        return new CloudEventCodec(protocol == ProtocolVersion.MQTT_5);
    }

    @Override
    public Message encode(TopicName topic, CloudEvent event) {
        return binary
                ? encodeBinary(topic, event)
                : Message.to(topic)
                        .payload(json.serialize(event))
                        .contentType(STRUCTURED)
                        .utf8(true)
                        .build();
    }

    private static Message encodeBinary(TopicName topic, CloudEvent event) {
        var data = event.getData();
        var message = Message.to(topic)
                .contentType(event.getDataContentType())
                .payload(data == null ? new byte[0] : data.toBytes());
        for (var name : event.getAttributeNames()) {
            var value = event.getAttribute(name);
            if (value != null && !name.equals(CONTENT_TYPE)) {
                message.userProperty(name, text(value));
            }
        }
        for (var name : event.getExtensionNames()) {
            var value = event.getExtension(name);
            if (value != null) {
                message.userProperty(name, text(value));
            }
        }
        return message.build();
    }

    /** As the binding says, by the canonical texts of CloudEvents' types. */
    private static String text(Object value) {
        return switch (value) {
            case OffsetDateTime time -> Time.writeTime(time);
            case byte[] bytes -> Base64.getEncoder().encodeToString(bytes);
            default -> value.toString();
        };
    }

    @Override
    public CloudEvent decode(Message message) {
        var type = ContentTypes.name(message).orElse("");
        boolean inProperties = !type.startsWith(ANY_STRUCTURED)
                && message.userProperty(SPEC_VERSION).isPresent();
        if (!inProperties && !type.equals("application/json")) {
            ContentTypes.check(message, STRUCTURED);
        }
        @Nullable CloudEvent event;
        try {
            event = inProperties ? decodeBinary(message) : json.deserialize(message.payload());
        } catch (RuntimeException e) {
            // The library throws many kinds, and names none.
            throw new IllegalArgumentException(NONE, e);
        }
        if (event == null) {
            throw new IllegalArgumentException(NONE);
        }
        return event;
    }

    private static CloudEvent decodeBinary(Message message) {
        var version = message.userProperty(SPEC_VERSION).orElse("");
        var builder = CloudEventBuilder.fromSpecVersion(SpecVersion.parse(version));
        for (UserProperty property : message.userProperties()) {
            if (!property.name().equals(SPEC_VERSION) && isAttribute(property.name())) {
                builder.withContextAttribute(property.name(), property.value());
            }
        }
        message.contentType().ifPresent(builder::withDataContentType);
        return (message.size() == 0 ? builder : builder.withData(message.payload())).build();
    }

    /** What CloudEvents allows as a name; other user properties are somebody else's. */
    private static boolean isAttribute(String name) {
        return !name.equals("data") && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
