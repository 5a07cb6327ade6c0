package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.handler.publish.incoming.MqttIncomingQosHandler;
import com.hivemq.client.internal.mqtt.message.publish.MqttStatefulPublish;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * What the library does not tell: whether a message comes again, and a way to stop reading from the network. Confined to the
 * connection's thread, but for {@link #reading}.
 */
final class ChannelTap {

    private @Nullable volatile Channel channel;
    private volatile boolean reading = true;
    private boolean duplicate;

    /** Taps a connection that the server has just accepted, on its thread. */
    void attach(MqttClientConfig config) {
        var connection = config.getRawConnectionConfig();
        if (connection != null) {
            channel = connection.getChannel();
            reading(reading);
            connection.getChannel().pipeline().addBefore(MqttIncomingQosHandler.NAME, "akrimqtt.tap", new Peek());
        }
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

    private final class Peek extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object packet) {
            duplicate = packet instanceof MqttStatefulPublish publish && publish.isDup();
            context.fireChannelRead(packet);
        }
    }
}
