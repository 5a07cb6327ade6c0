package io.akrimqtt.messaging.mqtt;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A client of one MQTT server, over the HiveMQ MQTT client. Thread-safe: hands all to its {@link Session}, which has a thread of
 * its own.
 *
 * <p>Publishing while there is no connection waits, in order, for at most {@link SessionOptions#maxPending()} messages; a
 * message whose expiry passes meanwhile fails with {@link Kind#TIMEOUT}. Results are completed on the session's thread, so what
 * is chained to them must not block.
 *
 * <p>Where own subscriptions overlap, a server may send one copy of a message for each of them, or one for all: every listener
 * gets the message once per copy that came.
 */
public final class MqttPubSubClient implements PubSubClient {

    private static final long CLOSE_MILLIS = 2_000;

    private final ScheduledThreadPoolExecutor owner;
    private final Session session;
    private final AtomicBoolean closed = new AtomicBoolean();

    private MqttPubSubClient(ServerUrl url, Credentials credentials, TlsOptions tls, SessionOptions options) {
        var transport = new Transport(url, tls);
        var threads =
                Thread.ofVirtual().name("mqtt-owner-" + options.clientId()).factory();
        owner = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        owner.setRemoveOnCancelPolicy(true);
        owner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        session = new Session(
                url, transport, new ConnectPackets(credentials, options), options, owner, RandomGenerator.getDefault());
    }

    /**
     * Makes a client; it connects when told to.
     *
     * @throws IllegalArgumentException where certificates, keys, client id or will are not what they should be; the text has no
     *     secret
     */
    public static PubSubClient create(ServerUrl url, Credentials credentials, TlsOptions tls, SessionOptions session) {
        return new MqttPubSubClient(url, credentials, tls, session);
    }

    @Override
    public void connect() {
        owner.execute(session::start);
    }

    @Override
    public boolean connected() {
        return session.connected();
    }

    @Override
    public boolean keepsRetained() {
        return session.keepsRetained();
    }

    @Override
    public void onConnection(Consumer<ConnectionEvent> listener) {
        session.deliveries().watch(listener);
    }

    @Override
    public CompletableFuture<PublishResult> publish(Message message) {
        if (closed.get()) {
            return CompletableFuture.failedFuture(closed("publish to '" + message.topic() + "'"));
        }
        if (!session.reserve(message.size())) {
            return CompletableFuture.failedFuture(new MessagingException(
                    Kind.LIMIT, "publish to '" + message.topic() + "': too many messages are waiting", null));
        }
        var result = new CompletableFuture<PublishResult>();
        long now = System.nanoTime();
        owner.execute(() -> session.publish(message, now, result));
        if (closed.get()) {
            result.completeExceptionally(closed("publish to '" + message.topic() + "'"));
        }
        return result;
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        var subscription = new OwnSubscription(
                options,
                listener,
                it -> owner.execute(() -> session.subscribing().remove(it)));
        if (closed.get()) {
            subscription.close();
        }
        owner.execute(() -> session.subscribing().add(subscription));
        return subscription;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        var ended = new CompletableFuture<Boolean>();
        owner.execute(() -> session.end(ended));
        try {
            ended.get(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // The server takes its time; it has got our word, or never will.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static MessagingException closed(String what) {
        return new MessagingException(Kind.CLOSED, what + ": the client was closed", null);
    }
}
