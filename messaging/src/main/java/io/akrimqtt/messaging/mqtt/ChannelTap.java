package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.codec.decoder.MqttDecoder;
import com.hivemq.client.internal.mqtt.datatypes.MqttUserPropertiesImpl;
import com.hivemq.client.internal.mqtt.message.publish.MqttPublish;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import com.hivemq.client.internal.mqtt.message.publish.puback.MqttPubAck;
import com.hivemq.client.internal.mqtt.message.publish.pubcomp.MqttPubComp;
import com.hivemq.client.internal.mqtt.message.publish.pubrec.MqttPubRec;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import com.hivemq.client.mqtt.mqtt5.message.publish.pubrec.Mqtt5PubRecReasonCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the library does not offer: whether a message comes again, a way to stop reading from the network, a way to take back a
 * message that it would send again at each connection, and a way to send messages one by one. Confined to the connection's thread, but for {@link #reading},
 * {@link #withhold} and {@link #oneByOne}.
 */
final class ChannelTap {

    private @Nullable volatile Channel channel;
    private volatile boolean reading = true;
    private final Set<MqttPublish> withheld = ConcurrentHashMap.newKeySet();
    private final Queue<MqttStatefulPublish> waiting = new ArrayDeque<>();
    private volatile boolean oneByOne;
    private @Nullable MqttStatefulPublish alone;
    private @Nullable MqttStatefulPublish letOut;
    private boolean passing;
    private boolean duplicate;

    /** Taps a connection that the server has just accepted, on its thread. */
    void attach(MqttClientConfig config) {
        var connection = config.getRawConnectionConfig();
        if (connection != null) {
            channel = connection.getChannel();
            ReceiveTolerance.apply(connection);
            reading(reading);
            connection.getChannel().pipeline().addAfter(MqttDecoder.NAME, "akrimqtt.tap", new Peek());
        }
    }

    /**
     * Does not let a message out when the library resumes what was under way, and has the library forget it. Only for messages that
     * are under way while there is no connection. Thread-safe.
     */
    void withhold(Mqtt5Publish publish) {
        if (publish instanceof MqttPublish known) {
            withheld.add(known);
        }
    }

    /** Whether anything is to be withheld: then no topic may be introduced by a message that does not go out. */
    boolean withholds() {
        return !withheld.isEmpty();
    }

    /** Lets messages out one at a time, each when the one before was acknowledged, or all at once again. Thread-safe. */
    void oneByOne(boolean on) {
        oneByOne = on;
    }

    /**
     * The connection has ended: what was not resumed in it has no need to be withheld.
     *
     * @return the only message that was under way, while they go one by one; null for none
     */
    @Nullable
    Mqtt5Publish ended() {
        withheld.clear();
        waiting.clear();
        var current = alone;
        alone = null;
        return current == null ? null : current.stateless();
    }

    /** Whether the message that is being received is marked as sent again. */
    boolean duplicate() {
        return duplicate;
    }

    /** Stops reading, so that the network holds back the server, or goes on. Thread-safe. */
    void reading(boolean on) {
        reading = on;
        var current = channel;
        if (current != null) {
            current.config().setAutoRead(reading);
        }
    }

    /** What a server would answer that does not take the message. */
    private static Object refusal(MqttStatefulPublish publish) {
        return publish.stateless().getQos() == MqttQos.AT_LEAST_ONCE
                ? new MqttPubAck(
                        publish.getPacketIdentifier(),
                        Mqtt5PubAckReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                        null,
                        MqttUserPropertiesImpl.NO_USER_PROPERTIES)
                : new MqttPubRec(
                        publish.getPacketIdentifier(),
                        Mqtt5PubRecReasonCode.IMPLEMENTATION_SPECIFIC_ERROR,
                        null,
                        MqttUserPropertiesImpl.NO_USER_PROPERTIES);
    }

    private final class Peek extends ChannelDuplexHandler {
        @Override
        public void write(ChannelHandlerContext context, Object packet, ChannelPromise promise) {
            if (!(packet instanceof MqttStatefulPublish publish)
                    || publish.stateless().getQos() == MqttQos.AT_MOST_ONCE) {
                var _ = context.write(packet, promise);
            } else if (withheld.remove(publish.stateless())) {
                // Later: the library is in the middle of sending it.
                context.executor().execute(() -> context.fireChannelRead(refusal(publish)));
            } else if (!waiting.isEmpty() || alone != null) {
                waiting.add(publish);
            } else {
                alone = oneByOne ? publish : null;
                passing = true;
                var _ = context.write(packet, promise);
                passing = false;
            }
        }

        /** A message that cannot be written at all, since it is larger than the server said it takes, is no longer under way. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            var unwritten = letOut;
            boolean written = cause instanceof IOException || (unwritten == null && !passing);
            if (!written && alone != null) {
                alone = null;
                context.executor().execute(() -> letOut(context));
            }
            if (written || unwritten == null) {
                context.fireExceptionCaught(cause);
            } else {
                context.executor().execute(() -> context.fireChannelRead(refusal(unwritten)));
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object packet) {
            duplicate = packet instanceof MqttStatefulPublish publish && publish.isDup();
            boolean next = alone != null && answers(packet, alone.getPacketIdentifier());
            context.fireChannelRead(packet);
            if (next) {
                alone = null;
                letOut(context);
            }
        }

        private static boolean answers(Object packet, int identifier) {
            return switch (packet) {
                case MqttPubAck ack -> ack.getPacketIdentifier() == identifier;
                case MqttPubRec received ->
                    received.getPacketIdentifier() == identifier
                            && received.getReasonCode().isError();
                case MqttPubComp complete -> complete.getPacketIdentifier() == identifier;
                default -> false;
            };
        }

        private void letOut(ChannelHandlerContext context) {
            for (var next = waiting.poll(); next != null; next = alone == null ? waiting.poll() : null) {
                alone = oneByOne ? next : null;
                letOut = next;
                var _ = context.write(next, context.voidPromise());
                letOut = null;
            }
            context.flush();
        }
    }
}
