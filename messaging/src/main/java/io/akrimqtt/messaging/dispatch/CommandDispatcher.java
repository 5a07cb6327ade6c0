package io.akrimqtt.messaging.dispatch;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessageSubscriber;
import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each message to the first router, in the order of registration, whose filter and selector match, and to all observers
 * whose do. Subscribes once per filter. Thread-safe.
 *
 * <p>A copy of a message that the server sends is handed over once, however many of the filters match it. Mosquitto and others send
 * a copy for each subscription that matches, so a filter that another one covers is not subscribed. Filters that overlap and neither
 * covers the other, such as {@code a/+} and {@code +/b}, get what is in both twice: give such routers one filter that covers both,
 * and selectors.
 *
 * <p>Each router has a queue of its own ({@link CommandRouter#waiting()}); at the bound a message is refused, counted, and its router
 * told. With {@code acknowledgeWhenRouted} a message is acknowledged to the server only when its router is done with it: the server
 * then holds back what is more than its window of unacknowledged messages, and sends again what a crash has cut short.
 *
 * @param <T> what the codec makes of a message
 */
public final class CommandDispatcher<T> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommandDispatcher.class);

    private final PayloadCodec<T> codec;
    private final List<Lane<T>> routers;
    private final List<Lane<T>> observers;
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final AtomicLong undecodable = new AtomicLong();
    private final AtomicLong unrouted = new AtomicLong();
    /** The copy that was handed over last; a client calls all listeners of one copy one after the other. */
    private @Nullable Message latest;

    private CommandDispatcher(PayloadCodec<T> codec, List<CommandRouter<T>> routers, List<CommandRouter<T>> observers) {
        this.codec = codec;
        this.routers = routers.stream().map(Lane::start).toList();
        this.observers = observers.stream().map(Lane::start).toList();
    }

    /** Subscribes for routers only. */
    public static <T> CommandDispatcher<T> start(
            MessageSubscriber subscriber, PayloadCodec<T> codec, List<CommandRouter<T>> routers) {
        return start(subscriber, codec, routers, List.of());
    }

    /**
     * Subscribes for routers and observers; call it before the client connects.
     *
     * @param routers in the order in which they are asked
     * @param observers see what matches, whoever else gets it
     */
    public static <T> CommandDispatcher<T> start(
            MessageSubscriber subscriber,
            PayloadCodec<T> codec,
            List<CommandRouter<T>> routers,
            List<CommandRouter<T>> observers) {
        return start(subscriber, codec, routers, observers, false);
    }

    /**
     * The same, with a choice of when messages are acknowledged.
     *
     * @param acknowledgeWhenRouted only when the router is done, in place of when the message has been handed to it
     */
    public static <T> CommandDispatcher<T> start(
            MessageSubscriber subscriber,
            PayloadCodec<T> codec,
            List<CommandRouter<T>> routers,
            List<CommandRouter<T>> observers,
            boolean acknowledgeWhenRouted) {
        var dispatcher = new CommandDispatcher<>(codec, routers, observers);
        dispatcher.subscribe(subscriber, acknowledgeWhenRouted);
        return dispatcher;
    }

    private void subscribe(MessageSubscriber subscriber, boolean acknowledgeWhenRouted) {
        var filters = new LinkedHashSet<TopicFilter>();
        routers.forEach(lane -> filters.add(lane.filter()));
        observers.forEach(lane -> filters.add(lane.filter()));
        for (var filter : filters) {
            if (filters.stream().anyMatch(other -> !other.equals(filter) && other.covers(filter))) {
                // Its messages come through the other one; subscribed to both, servers send them twice.
                continue;
            }
            var options = SubscribeOptions.of(filter).live();
            subscriptions.add(subscriber.subscribe(
                    acknowledgeWhenRouted ? options.withManualAcknowledgement() : options, this::onMessage));
        }
    }

    /** How many messages the codec refused. */
    public long undecodable() {
        return undecodable.get();
    }

    /** How many messages no router took. */
    public long unrouted() {
        return unrouted.get();
    }

    /** How many messages were refused since too many waited for their router. */
    public long refused() {
        return routers.stream().mapToLong(Lane::refused).sum();
    }

    /** What the server said to the subscriptions that is not as asked for. */
    public List<String> problems() {
        return subscriptions.stream().flatMap(it -> it.problem().stream()).toList();
    }

    /** Gets nothing more; what waits is dropped, what is being routed goes on. */
    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        routers.forEach(Lane::close);
        observers.forEach(Lane::close);
    }

    private void onMessage(Delivery delivery) {
        var message = delivery.message();
        if (message == latest) {
            delivery.acknowledge();
            return;
        }
        latest = message;
        T value;
        try {
            value = codec.decode(message);
        } catch (IllegalArgumentException e) {
            undecodable.incrementAndGet();
            LOG.atDebug()
                    .addKeyValue("topic", message.topic())
                    .addKeyValue("reason", e.getMessage())
                    .log("command cannot be read");
            delivery.acknowledge();
            return;
        }
        for (var observer : observers) {
            if (observer.takes(message, value)) {
                observer.add(message, value, () -> {});
            }
        }
        for (var router : routers) {
            if (router.takes(message, value)) {
                router.add(message, value, delivery::acknowledge);
                return;
            }
        }
        unrouted.incrementAndGet();
        delivery.acknowledge();
    }
}
