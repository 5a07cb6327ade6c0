package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttClientIdentifier;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5ConnectRestrictions;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SessionOptions;
import org.jspecify.annotations.Nullable;

/** Makes CONNECT packets. Immutable. */
final class ConnectPackets {

    /** How many messages the server may send before we acknowledge; {@link ReceiveTolerance} is for those that send more. */
    static final int RECEIVE_MAXIMUM = 1_000;

    /** How large a packet we take, in bytes: 16 MiB, or what a small heap bears; a server that speaks MQTT 5 drops larger ones for us. */
    static final int PACKET_MAXIMUM = (int) Heap.upTo(16 << 20);

    /**
     * How many messages we send on MQTT 3.1.1 before the server acknowledges. There the server cannot say how many it takes;
     * Mosquitto takes 20, and has lost messages sent exactly once where more were on their way when a connection broke.
     */
    static final int SEND_MAXIMUM_3 = 20;

    private static final long FOR_EVER = 0xffff_ffffL;

    private final Credentials credentials;
    private final SessionOptions options;
    private final @Nullable Mqtt5Publish will;

    /** @throws IllegalArgumentException where MQTT cannot carry what it is given */
    ConnectPackets(Credentials credentials, SessionOptions options) {
        this.credentials = credentials;
        this.options = options;
        will = options.will() == null ? null : Packets.publish(options.will());
        MqttClientIdentifier.of(options.clientId());
    }

    /**
     * @param discardSession ask for a new session although the old one may live
     * @param aliases whether topics may be sent as numbers once they have been told
     */
    Mqtt5Connect packet(ProtocolVersion protocol, boolean discardSession, boolean aliases) {
        long expiry = Packets.seconds(options.sessionExpiry());
        var builder = Mqtt5Connect.builder()
                .cleanStart(expiry == 0 || discardSession)
                .keepAlive(Math.clamp(options.keepAlive().toSeconds(), 1, 65_535))
                .willPublish(will)
                .simpleAuth(auth(protocol));
        return switch (protocol) {
            case MQTT_3_1_1 ->
                builder.sessionExpiryInterval(expiry == 0 || discardSession ? 0 : FOR_EVER)
                        .restrictions(Mqtt5ConnectRestrictions.builder()
                                .sendMaximum(SEND_MAXIMUM_3)
                                .build())
                        .build();
            case MQTT_5 -> {
                var restrictions = Mqtt5ConnectRestrictions.builder()
                        .receiveMaximum(RECEIVE_MAXIMUM)
                        .maximumPacketSize(PACKET_MAXIMUM);
                yield builder.sessionExpiryInterval(expiry)
                        .restrictions((aliases ? restrictions : restrictions.sendTopicAliasMaximum(0)).build())
                        .build();
            }
        };
    }

    private @Nullable Mqtt5SimpleAuth auth(ProtocolVersion protocol) {
        var username = credentials.username();
        var password = credentials.password();
        if (username.isEmpty()) {
            return password.isEmpty() || protocol == ProtocolVersion.MQTT_3_1_1
                    ? null
                    : Mqtt5SimpleAuth.builder().password(password.get()).build();
        }
        var builder = Mqtt5SimpleAuth.builder().username(username.get());
        return password.isEmpty()
                ? builder.build()
                : builder.password(password.get()).build();
    }
}
