package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.internal.mqtt.MqttRxClient;
import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.exceptions.MqttClientStateException;
import com.hivemq.client.mqtt.lifecycle.MqttClientConnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.lifecycle.Mqtt3ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt5.lifecycle.Mqtt5ClientConnectedContext;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.suback.Mqtt5SubAck;
import com.hivemq.client.mqtt.mqtt5.message.unsubscribe.Mqtt5Unsubscribe;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.reactivex.schedulers.Schedulers;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One client of the library: it keeps a session's state over its connections, and makes one attempt to connect when told to.
 *
 * <p>All messages come through one flow that is there before the first connect; without one the library acknowledges and drops
 * them. Its acknowledgement is always ours. Own methods are called by the owner's thread, {@link Events} by the network's.
 */
final class Engine implements Sender {

    /** What happens, told on the thread of the network, in order. */
    interface Events {
        /** @param retain whether the server keeps retained messages */
        void connected(int connection, boolean sessionPresent, boolean retain);

        /**
         * A connection ended, or an attempt failed.
         *
         * @param alone the only message that was under way, while they go one by one; null for none
         */
        void disconnected(Loss loss, @Nullable Mqtt5Publish alone);

        void received(Inbound message);

        /** Something came that is no message by our rules; it has been acknowledged. */
        void unreadable(IllegalArgumentException reason);
    }

    private final ProtocolVersion protocol;
    private final AtomicInteger connections;
    private final Events events;
    private final MqttRxClient client;
    private final ChannelTap tap = new ChannelTap();
    private final Set<Inbound> unconfirmed = ConcurrentHashMap.newKeySet();
    private boolean accepted;
    private volatile boolean disposed;
    private int connection;
    private volatile IncomingFlow flow;

    /** @param connections numbers the connections, over all engines of a client */
    Engine(
            String clientId,
            ProtocolVersion protocol,
            MqttClientTransportConfig transport,
            ThreadFactory threads,
            AtomicInteger connections,
            Events events) {
        this.protocol = protocol;
        this.connections = connections;
        this.events = events;
        var options = new VersionedBuilder()
                .identifier(clientId)
                .transportConfig(transport)
                .executorConfig(MqttClientExecutorConfig.builder()
                        .nettyExecutor(task -> threads.newThread(task).start())
                        .nettyThreads(1)
                        .applicationScheduler(Schedulers.trampoline())
                        .build())
                .addConnectedListener(this::onConnected)
                .addDisconnectedListener(this::onDisconnected);
        client = options.build(protocol);
        flow = listen();
    }

    ProtocolVersion protocol() {
        return protocol;
    }

    /** Starts one attempt; what becomes of it is told to the events. */
    void connect(Mqtt5Connect connect) {
        var _ = client.toAsync().connect(connect).whenComplete((_, error) -> {
            // What the library tells here it has told to its listeners, but for a call in the wrong state.
            if (error instanceof MqttClientStateException) {
                events.disconnected(Losses.of(error, false, false), null);
            }
        });
    }

    @Override
    public CompletableFuture<Mqtt5PublishResult> publish(Mqtt5Publish publish) {
        return client.toAsync().publish(publish);
    }

    @Override
    public void withhold(Mqtt5Publish publish) {
        tap.withhold(publish);
    }

    @Override
    public void oneByOne(boolean on) {
        tap.oneByOne(on);
    }

    /** Whether there is a message that is not to be sent again. */
    boolean withholds() {
        return tap.withholds();
    }

    CompletableFuture<Mqtt5SubAck> subscribe(List<SubscribeOptions> subscriptions) {
        return client.toAsync().subscribe(Packets.subscribe(subscriptions));
    }

    CompletableFuture<?> unsubscribe(TopicFilter filter) {
        return client.toAsync()
                .unsubscribe(
                        Mqtt5Unsubscribe.builder().topicFilter(filter.value()).build());
    }

    /** Stops reading from the network, or goes on. Thread-safe. */
    void reading(boolean on) {
        tap.reading(on);
    }

    /** Disconnects cleanly; completes in any case. */
    CompletableFuture<?> disconnect() {
        disposed = true;
        return client.toAsync().disconnect().handle((_, _) -> true);
    }

    /** Frees it. A connection that an attempt still brings is ended at once. */
    void dispose() {
        disposed = true;
        flow.cancel();
    }

    private IncomingFlow listen() {
        var incoming = new IncomingFlow(this::onMessage, this::onFlowEnded);
        client.publishes(MqttGlobalPublishFilter.ALL, true).subscribe(incoming);
        return incoming;
    }

    /** The library ends all flows with the session. No message can come before we have subscribed anew. */
    private void onFlowEnded() {
        if (!disposed) {
            flow = listen();
            if (disposed) {
                flow.cancel();
            }
        }
    }

    private void onConnected(MqttClientConnectedContext context) {
        if (disposed) {
            var _ = disconnect();
            return;
        }
        accepted = true;
        connection = connections.incrementAndGet();
        tap.attach(client.getConfig());
        boolean sessionPresent = switch (context) {
            case Mqtt5ClientConnectedContext five -> five.getConnAck().isSessionPresent();
            case Mqtt3ClientConnectedContext three -> three.getConnAck().isSessionPresent();
            default -> false;
        };
        if (!sessionPresent) {
            // What the server has forgotten would block all later acknowledgements.
            List.copyOf(unconfirmed).forEach(Inbound::confirm);
        }
        boolean retain = !(context instanceof Mqtt5ClientConnectedContext five)
                || five.getConnAck().getRestrictions().isRetainAvailable();
        events.connected(connection, sessionPresent, retain);
    }

    private void onDisconnected(MqttClientDisconnectedContext context) {
        // Those come again with a new packet; the old one must not block the acknowledgements behind it. Not so at
        // exactly
        // once, where the library waits for ours.
        for (var message : unconfirmed) {
            if (message.atLeastOnce()) {
                message.confirm();
            }
        }
        var alone = tap.ended();
        boolean wasAccepted = accepted;
        accepted = false;
        if (!disposed) {
            boolean byServer = context.getSource() == MqttDisconnectSource.SERVER;
            events.disconnected(Losses.of(context.getCause(), wasAccepted, byServer), alone);
        }
    }

    private void onMessage(Mqtt5Publish publish) {
        Message message;
        try {
            message = Packets.message(publish);
        } catch (IllegalArgumentException e) {
            publish.acknowledge();
            events.unreadable(e);
            return;
        }
        var inbound =
                new Inbound(publish, message, tap.duplicate(), System.nanoTime(), connection, unconfirmed::remove);
        if (publish.getQos() != MqttQos.AT_MOST_ONCE) {
            unconfirmed.add(inbound);
        }
        events.received(inbound);
    }
}
