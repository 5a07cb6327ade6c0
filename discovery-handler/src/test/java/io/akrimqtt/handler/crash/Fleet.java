package io.akrimqtt.handler.crash;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Devices that come and go at random and know of each other who is there: the truth.
 *
 * <p>Three kinds: those whose status is retained; those whose status is not, so that only the session's queue and the handler's
 * journal can know of a farewell; and real clients with a retained Last Will, whose line is cut. All that are there talk.
 */
final class Fleet implements AutoCloseable {

    private static final int RETAINED = 30;
    private static final int BARE = 30;
    private static final int REAL = 4;
    private static final int TALK_MILLIS = 200;

    /** What is said of a device's status. */
    private enum Kind {
        RETAINED,
        BARE,
        REAL
    }

    private record Device(String topic, Kind kind) {}

    /** A client with a Last Will, and its line. */
    private record Real(PubSubClient client, FaultProxy line) {}

    private final ServerUrl server;
    private final String root;
    private final Random random;
    private final PubSubClient publisher;
    private final List<Device> devices = new ArrayList<>();
    private final Map<String, Real> reals = new HashMap<>();
    private final Set<String> there = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> turnedAt = new ConcurrentHashMap<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread talk;
    private volatile boolean restless;
    private volatile boolean resting = true;

    private Fleet(ServerUrl server, String root, long seed) {
        this.server = server;
        this.root = root;
        this.random = new Random(seed);
        this.publisher = client(server, SessionOptions.clean(root + "-fleet"));
        this.talk = Thread.ofVirtual().name("fleet").unstarted(this::live);
    }

    /** Starts one below {@code root}; all its devices are there. */
    static Fleet start(ServerUrl server, String root, long seed) {
        var fleet = new Fleet(server, root, seed);
        fleet.publisher.connect();
        await().until(fleet.publisher::connected);
        for (int i = 0; i < RETAINED + BARE + REAL; i++) {
            var kind = i < RETAINED ? Kind.RETAINED : i < RETAINED + BARE ? Kind.BARE : Kind.REAL;
            var device = new Device(root + "/d" + i, kind);
            fleet.devices.add(device);
            fleet.turn(device, true);
        }
        fleet.talk.start();
        return fleet;
    }

    /** Those that are there now. */
    Set<String> there() {
        return Set.copyOf(there);
    }

    /** Those that are there and were so all the time since then, by {@link System#nanoTime()}. */
    Set<String> steady(long since) {
        return there.stream()
                .filter(device -> Objects.requireNonNull(turnedAt.get(device), device) - since < 0)
                .collect(Collectors.toSet());
    }

    /** When devices came or went last, for people. */
    String ages(Set<String> devices) {
        var text = new StringBuilder();
        for (var device : devices) {
            long age = System.nanoTime() - Objects.requireNonNull(turnedAt.get(device), device);
            text.append(device).append(' ').append(age / 1_000_000).append(" ms; ");
        }
        return text.toString();
    }

    /** From here on they come and go. */
    void stir() {
        restless = true;
    }

    /** From here on nobody comes or goes; returns when that is so. */
    void rest() {
        restless = false;
        // It may have begun a change before.
        resting = false;
        await().until(() -> resting);
    }

    private void live() {
        try {
            for (long round = 0; !ended.await(5, TimeUnit.MILLISECONDS); round++) {
                if (restless && round % 8 != 0) {
                    resting = false;
                } else if (restless) {
                    resting = false;
                    var device = devices.get(random.nextInt(devices.size()));
                    turn(device, !there.contains(device.topic()));
                } else {
                    resting = true;
                }
                if (round % (TALK_MILLIS / 5) == 0) {
                    there.forEach(device -> say(device + "/data", "1", false, QualityOfService.AT_MOST_ONCE));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn(Device device, boolean on) {
        turnedAt.put(device.topic(), System.nanoTime());
        var status = device.topic() + "/status";
        switch (device.kind()) {
            case RETAINED -> say(status, on ? "online" : "offline", true, QualityOfService.AT_LEAST_ONCE);
            case BARE -> say(status, on ? "online" : "offline", false, QualityOfService.AT_LEAST_ONCE);
            case REAL -> real(device, on);
        }
        if (on) {
            there.add(device.topic());
        } else {
            there.remove(device.topic());
        }
    }

    private void say(String topic, String text, boolean retain, QualityOfService qos) {
        var message = Message.to(TopicName.of(topic))
                .text(text)
                .retain(retain)
                .qos(qos)
                .build();
        var sent = publisher.publish(message);
        if (qos == QualityOfService.AT_LEAST_ONCE) {
            try {
                sent.get(60, SECONDS);
            } catch (Exception e) {
                throw new AssertionError("the fleet cannot publish", e);
            }
        }
    }

    /** A new client each time: the one whose line was cut waits longer and longer before it tries again. */
    private static Real real(Device device, FaultProxy line) {
        var will = Message.to(TopicName.of(device.topic() + "/status"))
                .text("offline")
                .retain(true)
                .build();
        var client = client(
                line.url(),
                SessionOptions.clean(device.topic().replace('/', '-')).withWill(will));
        client.connect();
        return new Real(client, line);
    }

    private void real(Device device, boolean on) {
        var before = reals.get(device.topic());
        if (!on && before != null) {
            before.line().cut();
            await().until(() -> !before.client().connected());
            return;
        }
        var line = before == null ? FaultProxy.before(server) : before.line();
        if (before != null) {
            before.client().close();
            line.heal();
        }
        var real = real(device, line);
        reals.put(device.topic(), real);
        await().until(real.client()::connected);
        try {
            real.client()
                    .publish(Message.to(TopicName.of(device.topic() + "/status"))
                            .text("online")
                            .retain(true)
                            .build())
                    .get(60, SECONDS);
        } catch (Exception e) {
            throw new AssertionError("a device cannot publish", e);
        }
    }

    private static PubSubClient client(ServerUrl url, SessionOptions options) {
        return MqttPubSubClient.create(url, Credentials.NONE, TlsOptions.DEFAULT, options);
    }

    @Override
    public void close() {
        ended.countDown();
        await().until(() -> !talk.isAlive());
        publisher.close();
        for (var real : reals.values()) {
            real.client().close();
            real.line().close();
        }
    }

    @Override
    public String toString() {
        return root;
    }
}
