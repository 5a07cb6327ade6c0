package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubRecException;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.message.Message;
import java.util.Optional;

/** Reads why a message was not taken. */
final class PublishErrors {

    private PublishErrors() {}

    /** The error for the publisher, or empty where only the connection is to blame and the message can be sent again. */
    static Optional<RuntimeException> of(Message message, Throwable error) {
        return Losses.find(error, IllegalArgumentException.class)
                .<RuntimeException>map(e -> e)
                .or(() -> Losses.find(error, Mqtt5PubAckException.class)
                        .map(e -> refused(message, e.getMqttMessage().getReasonCode(), e)))
                .or(() -> Losses.find(error, Mqtt5PubRecException.class)
                        .map(e -> refused(message, e.getMqttMessage().getReasonCode(), e)))
                .or(() -> Losses.find(error, MqttEncodeException.class)
                        .map(e -> failed(message, Kind.TOO_LARGE, "larger than the MQTT server takes", e)));
    }

    private static MessagingException refused(Message message, Enum<?> code, Throwable cause) {
        var kind = code.name().equals("QUOTA_EXCEEDED") ? Kind.LIMIT : Kind.REFUSED;
        return failed(message, kind, "the MQTT server refused it: " + Losses.words(code), cause);
    }

    private static MessagingException failed(Message message, Kind kind, String text, Throwable cause) {
        return new MessagingException(kind, "publish to '" + message.topic() + "': " + text, cause);
    }
}
