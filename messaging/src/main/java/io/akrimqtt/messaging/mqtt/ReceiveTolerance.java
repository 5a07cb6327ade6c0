package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.internal.mqtt.MqttClientConnectionConfig;
import com.hivemq.client.internal.mqtt.handler.publish.incoming.MqttIncomingQosHandler;
import io.netty.channel.Channel;

/**
 * Bears servers that send more unacknowledged messages than {@link ConnectPackets#RECEIVE_MAXIMUM} tells them to.
 *
 * <p>The library ends such a connection. Mosquitto before 2.0.13 sends too many as soon as it has messages queued: each time its
 * oldest message is acknowledged it counts what is under way from nothing, and sends as many queued ones as the receive maximum has
 * (its issue 2306). A session that is resumed then begins with too many, and is ended again, and again. So we tell servers one
 * number, and take as many as MQTT has packet identifiers. Memory stays bounded: {@link DeliveryLoop} stops the reading while too
 * much waits for its listeners.
 */
final class ReceiveTolerance {

    /** An identifier that is used twice ends the connection all the same. */
    private static final int PACKET_IDENTIFIERS = 65_535;

    private ReceiveTolerance() {}

    /** To be called on the connection's thread when the server has just accepted it, before it sends a message. */
    static void apply(MqttClientConnectionConfig connection) {
        var channel = connection.getChannel();
        if (channel.pipeline().get(MqttIncomingQosHandler.NAME) instanceof MqttIncomingQosHandler incoming) {
            // It takes nothing but the maximum from it, and numbers the connection anew: it has no message yet.
            incoming.onSessionStartOrResume(widened(connection, channel), channel.eventLoop());
        }
    }

    private static MqttClientConnectionConfig widened(MqttClientConnectionConfig connection, Channel channel) {
        return new MqttClientConnectionConfig(
                connection.getTransportConfig(),
                connection.getKeepAlive(),
                connection.isCleanStart(),
                connection.isCleanStop(),
                connection.getSessionExpiryInterval(),
                connection.hasSimpleAuth(),
                connection.hasWillPublish(),
                connection.getRawEnhancedAuthMechanism(),
                PACKET_IDENTIFIERS,
                connection.getMaximumPacketSize(),
                connection.getTopicAliasMaximum(),
                connection.isProblemInformationRequested(),
                connection.isResponseInformationRequested(),
                connection.getSendMaximum(),
                connection.getSendMaximumPacketSize(),
                connection.getSendTopicAliasMaximum(),
                connection.getMaximumQos(),
                connection.isRetainAvailable(),
                connection.isWildcardSubscriptionAvailable(),
                connection.isSharedSubscriptionAvailable(),
                connection.areSubscriptionIdentifiersAvailable(),
                channel);
    }
}
