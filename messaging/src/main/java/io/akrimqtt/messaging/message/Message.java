package io.akrimqtt.messaging.message;

import io.akrimqtt.messaging.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One message: a topic, bytes, and what MQTT 5 lets travel beside them. Immutable.
 *
 * <p>On MQTT 3.1.1 only topic, payload, quality of service and retain travel; the rest is dropped by the sender.
 */
public final class Message {

    private final TopicName topic;
    private final byte[] payload;
    private final QualityOfService qos;
    private final boolean retain;
    private final boolean utf8;
    private final @Nullable String contentType;
    private final @Nullable TopicName responseTopic;
    private final byte @Nullable [] correlationData;
    private final @Nullable Duration expiry;
    private final List<UserProperty> userProperties;

    private Message(Builder builder) {
        topic = builder.topic;
        payload = builder.payload;
        qos = builder.qos;
        retain = builder.retain;
        utf8 = builder.utf8;
        contentType = builder.contentType;
        responseTopic = builder.responseTopic;
        correlationData = builder.correlationData;
        expiry = builder.expiry;
        userProperties = List.copyOf(builder.userProperties);
    }

    /** Starts a message: no payload, at least once, not retained. */
    public static Builder to(TopicName topic) {
        return new Builder(topic);
    }

    /** A message with a text in UTF-8, at least once, not retained. */
    public static Message of(TopicName topic, String text) {
        return to(topic).text(text).build();
    }

    /** Starts a message that differs from this one only in what is set. */
    public Builder toBuilder() {
        return toBuilder(topic);
    }

    /** The same for another topic. */
    public Builder toBuilder(TopicName other) {
        var builder = new Builder(other);
        builder.payload = payload;
        builder.qos = qos;
        builder.retain = retain;
        builder.utf8 = utf8;
        builder.contentType = contentType;
        builder.responseTopic = responseTopic;
        builder.correlationData = correlationData;
        builder.expiry = expiry;
        builder.userProperties.addAll(userProperties);
        return builder;
    }

    public TopicName topic() {
        return topic;
    }

    /** A copy of the payload. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The payload's size in bytes. */
    public int size() {
        return payload.length;
    }

    /** The payload as UTF-8; malformed bytes become U+FFFD. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    public QualityOfService qos() {
        return qos;
    }

    /** Publishing: keep it as the topic's retained message. Received: see {@code Delivery}. */
    public boolean retain() {
        return retain;
    }

    /** The sender says that the payload is text in UTF-8 (MQTT 5's Payload Format Indicator); false says nothing. */
    public boolean utf8() {
        return utf8;
    }

    public Optional<String> contentType() {
        return Optional.ofNullable(contentType);
    }

    public Optional<TopicName> responseTopic() {
        return Optional.ofNullable(responseTopic);
    }

    /** A copy of the bytes that tie an answer to its request. */
    public Optional<byte[]> correlationData() {
        return Optional.ofNullable(correlationData).map(byte[]::clone);
    }

    /** How long the server keeps it for subscribers that are away; whole seconds on the wire. */
    public Optional<Duration> expiry() {
        return Optional.ofNullable(expiry);
    }

    public List<UserProperty> userProperties() {
        return userProperties;
    }

    /** The first value of a user property. */
    public Optional<String> userProperty(String name) {
        return userProperties.stream()
                .filter(property -> property.name().equals(name))
                .map(UserProperty::value)
                .findFirst();
    }

    /** Names the topic and the size; the payload may be secret. */
    @Override
    public String toString() {
        return "Message[" + topic + ", " + payload.length + " bytes, qos " + qos.code() + (retain ? ", retain]" : "]");
    }

    /** Collects what a message is made of. Not thread-safe. */
    public static final class Builder {

        private static final byte[] NOTHING = {};

        private final TopicName topic;
        private final List<UserProperty> userProperties = new ArrayList<>();
        private byte[] payload = NOTHING;
        private QualityOfService qos = QualityOfService.AT_LEAST_ONCE;
        private boolean retain;
        private boolean utf8;
        private @Nullable String contentType;
        private @Nullable TopicName responseTopic;
        private byte @Nullable [] correlationData;
        private @Nullable Duration expiry;

        private Builder(TopicName topic) {
            this.topic = topic;
        }

        /** Takes a copy of the bytes. */
        public Builder payload(byte[] bytes) {
            payload = bytes.clone();
            return this;
        }

        /** Takes the text's bytes in UTF-8. */
        public Builder text(String text) {
            payload = text.getBytes(StandardCharsets.UTF_8);
            return this;
        }

        public Builder qos(QualityOfService value) {
            qos = value;
            return this;
        }

        public Builder retain(boolean value) {
            retain = value;
            return this;
        }

        /** Says that the payload is text in UTF-8; a server may refuse it where it is not. */
        public Builder utf8(boolean value) {
            utf8 = value;
            return this;
        }

        public Builder contentType(@Nullable String value) {
            contentType = value;
            return this;
        }

        public Builder responseTopic(@Nullable TopicName value) {
            responseTopic = value;
            return this;
        }

        /** Takes a copy of the bytes. */
        public Builder correlationData(byte @Nullable [] bytes) {
            correlationData = bytes == null ? null : Arrays.copyOf(bytes, bytes.length);
            return this;
        }

        /** Positive; rounded up to whole seconds on the wire. */
        public Builder expiry(@Nullable Duration value) {
            expiry = value;
            return this;
        }

        public Builder userProperty(String name, String value) {
            userProperties.add(new UserProperty(name, value));
            return this;
        }

        public Message build() {
            return new Message(this);
        }
    }
}
