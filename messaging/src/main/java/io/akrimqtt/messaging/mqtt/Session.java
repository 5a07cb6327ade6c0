package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.Backoff.Pace;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session: connects, and connects again for as long as it lives. Confined to the owner's thread, which the events of
 * the network are handed to; {@link #connected()}, {@link #keepsRetained()} and {@link #reserve} are thread-safe.
 */
final class Session implements Engine.Events {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** A server that sends what MQTT does not allow does so again; after so many times in a row the session is discarded. */
    private static final int MALFORMED_ONES = 2;

    private final ServerUrl url;
    private final Transport transport;
    private final ConnectPackets packets;
    private final String clientId;
    private final ScheduledExecutorService owner;
    private final ThreadFactory networkThreads;
    private final AtomicInteger connections = new AtomicInteger();
    private final Backoff backoff;
    private final VersionChoice versions;
    private final Stability stability = new Stability();
    private final Outbox outbox;
    private final Publishing publishing;
    private final Subscribing subscribing;
    private final DeliveryLoop deliveries;

    private volatile boolean connected;
    private volatile boolean keepsRetained = true;
    private volatile @Nullable Engine engine;
    private boolean started;
    private boolean ended;
    private boolean replaceEngine;
    private long connectedNanos;
    private int malformed;
    private String lastReason = "";

    Session(
            ServerUrl url,
            Transport transport,
            ConnectPackets packets,
            SessionOptions options,
            ScheduledExecutorService owner,
            RandomGenerator random) {
        this.url = url;
        this.transport = transport;
        this.packets = packets;
        this.owner = owner;
        clientId = options.clientId();
        networkThreads = Thread.ofPlatform().daemon().name("mqtt-" + clientId).factory();
        backoff = new Backoff(random);
        versions = new VersionChoice(options.protocol());
        outbox = new Outbox(options.maxPending());
        publishing = new Publishing(outbox, owner);
        var book = new SubscriptionBook();
        deliveries =
                new DeliveryLoop("mqtt-deliveries-" + clientId, book.tree(), options.maxUndelivered(), this::reading);
        subscribing = new Subscribing(book, owner, () -> deliveries.add(new ConnectionEvent.Subscribed()));
    }

    boolean connected() {
        return connected;
    }

    boolean keepsRetained() {
        return keepsRetained;
    }

    DeliveryLoop deliveries() {
        return deliveries;
    }

    Subscribing subscribing() {
        return subscribing;
    }

    /** Takes a place for a message that is to be published; says whether there was one. */
    boolean reserve(int size) {
        return outbox.reserve(size);
    }

    void publish(Message message, long nowNanos, CompletableFuture<PublishResult> result) {
        publishing.publish(message, nowNanos, result);
        if (ended) {
            publishing.close();
        }
    }

    void start() {
        if (!started && !ended) {
            started = true;
            deliveries.start();
            attempt();
        }
    }

    /**
     * Ends it cleanly.
     *
     * @param done completed when the server has been told, or could not be
     */
    void end(CompletableFuture<Boolean> done) {
        ended = true;
        publishing.close();
        subscribing.close();
        var current = engine;
        deliveries.stop();
        var telling = current == null || !connected ? CompletableFuture.completedFuture(true) : current.disconnect();
        connected = false;
        var _ = telling.whenComplete((_, _) -> {
            if (current != null) {
                current.dispose();
            }
            done.complete(true);
            owner.shutdown();
        });
    }

    private void attempt() {
        if (ended) {
            return;
        }
        Engine current;
        try {
            current = engine(versions.next());
        } catch (UnknownHostException e) {
            lost(Losses.of(e, false, false), null);
            return;
        }
        boolean discard = malformed >= MALFORMED_ONES;
        if (discard) {
            malformed = 0;
            LOG.atError()
                    .addKeyValue("server", url)
                    .addKeyValue("reason", lastReason)
                    .log("session discarded: what it holds cannot be read, and is lost");
        }
        current.connect(packets.packet(current.protocol(), discard, !current.withholds()));
    }

    private Engine engine(ProtocolVersion protocol) throws UnknownHostException {
        var current = engine;
        if (current != null && current.protocol() == protocol && !replaceEngine) {
            return current;
        }
        var made = new Engine(clientId, protocol, transport.config(), networkThreads, connections, this);
        replaceEngine = false;
        engine = made;
        if (current != null) {
            current.dispose();
            publishing.engineReplaced();
        }
        return made;
    }

    private void reading(boolean on) {
        var current = engine;
        if (current != null) {
            current.reading(on);
        }
    }

    @Override
    public void connected(int connection, boolean sessionPresent, boolean retain) {
        var current = engine;
        if (current == null) {
            return;
        }
        keepsRetained = retain;
        connected = true;
        deliveries.connected(connection, sessionPresent);
        deliveries.add(new ConnectionEvent.Connected(sessionPresent, current.protocol()));
        owner.execute(() -> accepted(current, sessionPresent));
    }

    private void accepted(Engine current, boolean sessionPresent) {
        if (ended) {
            var _ = current.disconnect();
            return;
        }
        connectedNanos = System.nanoTime();
        lastReason = "";
        versions.accepted();
        LOG.atInfo()
                .addKeyValue("server", url)
                .addKeyValue("session", sessionPresent ? "resumed" : "new")
                .addKeyValue("protocol", current.protocol().text())
                .log("connected to the MQTT server");
        subscribing.connected(current);
        publishing.connected(current);
    }

    @Override
    public void disconnected(Loss loss, @Nullable Mqtt5Publish alone) {
        connected = false;
        owner.execute(() -> lost(loss, alone));
    }

    private void lost(Loss loss, @Nullable Mqtt5Publish alone) {
        if (ended) {
            return;
        }
        subscribing.disconnected();
        boolean explained = publishing.disconnected(loss.cause(), engine, alone);
        boolean wasConnected = connectedNanos != 0;
        var lasted = Duration.ofNanos(wasConnected ? System.nanoTime() - connectedNanos : 0);
        connectedNanos = 0;
        replaceEngine = !wasConnected && transport.resolvesEarly();
        if (wasConnected && Stability.lasted(lasted)) {
            backoff.reset();
            malformed = 0;
        }
        if (explained) {
            // So often and no more: the message goes before the others have waited for long.
            backoff.reset();
        }
        var pace = explained ? Pace.USUAL : pace(loss, wasConnected, lasted);
        deliveries.add(new ConnectionEvent.Disconnected(
                loss.text(), pace == Pace.REFUSED, pace == Pace.TAKEN_OVER, loss.cause() == Loss.Cause.UNTRUSTED));
        var delay = backoff.next(pace);
        if (!loss.text().equals(lastReason)) {
            lastReason = loss.text();
            LOG.atWarn()
                    .addKeyValue("server", url)
                    .addKeyValue("reason", loss.text())
                    .addKeyValue("retryMillis", delay.toMillis())
                    .log("not connected to the MQTT server");
        }
        var _ = owner.schedule(this::attempt, delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private Pace pace(Loss loss, boolean wasConnected, Duration lasted) {
        if (wasConnected && stability.takenOver(lasted, loss.cause())) {
            return Pace.TAKEN_OVER;
        }
        return switch (loss.cause()) {
            case TAKEN_OVER -> Pace.TAKEN_OVER;
            case REFUSED -> Pace.REFUSED;
            case USUAL, BROKEN, CLOSED_BY_SERVER, TOO_LARGE, UNTRUSTED -> Pace.USUAL;
            case VERSION -> {
                versions.refused();
                yield Pace.USUAL;
            }
            case CLOSED_EARLY -> {
                versions.closedEarly();
                yield Pace.USUAL;
            }
            case MALFORMED -> {
                malformed++;
                yield Pace.USUAL;
            }
        };
    }

    @Override
    public void received(Inbound message) {
        deliveries.add(message);
    }

    @Override
    public void unreadable(IllegalArgumentException reason) {
        owner.execute(() -> LOG.atWarn()
                .addKeyValue("server", url)
                .addKeyValue("reason", reason.getMessage())
                .log("message dropped: not by MQTT's rules"));
    }
}
