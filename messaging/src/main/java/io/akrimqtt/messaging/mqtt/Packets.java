package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttUtf8String;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperties;
import com.hivemq.client.mqtt.mqtt5.datatypes.Mqtt5UserProperty;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

/** Our values as the client library's, and back. */
final class Packets {

    private static final long MAX_EXPIRY = 0xffff_ffffL;

    private Packets() {}

    /** @throws IllegalArgumentException for texts that MQTT cannot carry */
    static Mqtt5Publish publish(Message message) {
        carried("topic", message.topic().value());
        message.contentType().ifPresent(type -> carried("content type", type));
        message.responseTopic().ifPresent(topic -> carried("response topic", topic.value()));
        for (var property : message.userProperties()) {
            carried("user property's name", property.name());
            carried("user property", property.value());
        }
        var builder = Mqtt5Publish.builder()
                .topic(message.topic().value())
                .payload(message.payload())
                .qos(qos(message.qos()))
                .retain(message.retain())
                .contentType(message.contentType().orElse(null))
                .responseTopic(message.responseTopic().map(TopicName::value).orElse(null))
                .correlationData(message.correlationData().orElse(null));
        if (message.utf8()) {
            builder = builder.payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8);
        }
        var expiry = message.expiry();
        if (expiry.isPresent()) {
            builder = builder.messageExpiryInterval(seconds(expiry.get()));
        }
        if (!message.userProperties().isEmpty()) {
            builder = builder.userProperties(Mqtt5UserProperties.of(message.userProperties().stream()
                    .map(property -> Mqtt5UserProperty.of(property.name(), property.value()))
                    .toList()));
        }
        return builder.build();
    }

    /**
     * MQTT 5.0, section 1.5.4, lets a server end the connection for these characters. Servers do, and a message that is sent again at
     * each connect would end each one.
     */
    private static void carried(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || c >= 0xfffe || (c >= 0xfdd0 && c <= 0xfdef)) {
                throw new IllegalArgumentException(
                        "%s: has the character U+%04X at index %d (expected: no control character)"
                                .formatted(what, (int) c, i));
            }
        }
    }

    private static MqttQos qos(QualityOfService qos) {
        return switch (qos) {
            case AT_MOST_ONCE -> MqttQos.AT_MOST_ONCE;
            case AT_LEAST_ONCE -> MqttQos.AT_LEAST_ONCE;
            case EXACTLY_ONCE -> MqttQos.EXACTLY_ONCE;
        };
    }

    /** Rounded up, within what MQTT can say. */
    static long seconds(Duration duration) {
        long seconds = duration.getSeconds() + (duration.getNano() > 0 ? 1 : 0);
        return Math.clamp(seconds, 0, MAX_EXPIRY);
    }

    static Message message(Mqtt5Publish publish) {
        var builder = Message.to(TopicName.of(publish.getTopic().toString()))
                .payload(publish.getPayloadAsBytes())
                .qos(QualityOfService.of(publish.getQos().getCode()))
                .retain(publish.isRetain());
        builder.utf8(publish.getPayloadFormatIndicator().orElse(null) == Mqtt5PayloadFormatIndicator.UTF_8);
        publish.getContentType().map(MqttUtf8String::toString).ifPresent(builder::contentType);
        publish.getResponseTopic().map(MqttTopic::toString).map(TopicName::of).ifPresent(builder::responseTopic);
        publish.getCorrelationData().map(Packets::bytes).ifPresent(builder::correlationData);
        publish.getMessageExpiryInterval().ifPresent(seconds -> builder.expiry(Duration.ofSeconds(seconds)));
        for (var property : publish.getUserProperties().asList()) {
            builder.userProperty(
                    property.getName().toString(), property.getValue().toString());
        }
        return builder.build();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    static Mqtt5Subscribe subscribe(List<SubscribeOptions> all) {
        return Mqtt5Subscribe.builder()
                .addSubscriptions(all.stream().map(Packets::subscription))
                .build();
    }

    private static Mqtt5Subscription subscription(SubscribeOptions options) {
        return Mqtt5Subscription.builder()
                .topicFilter(options.filter().value())
                .qos(qos(options.qos()))
                .retainHandling(options.retained() ? Mqtt5RetainHandling.SEND : Mqtt5RetainHandling.DO_NOT_SEND)
                .retainAsPublished(options.retainAsPublished())
                .build();
    }
}
