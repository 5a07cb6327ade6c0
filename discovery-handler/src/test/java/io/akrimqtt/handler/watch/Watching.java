package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.DiscoverySecrets;
import io.akrimqtt.handler.details.ServerSecrets;
import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.details.WatchRules;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceRules;
import io.akrimqtt.presence.state.Transition;
import io.akrimqtt.serving.MonotonicClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A watch of a test, with short times, and what is expected of it. */
final class Watching implements AutoCloseable {

    static final PresenceRules RULES =
            PresenceRules.DEFAULT.withOfflineGrace(Duration.ofSeconds(1)).withSettle(Duration.ofMillis(300));

    /** Of those who must be back within the grace, on a machine that is busy with other tests. */
    static final PresenceRules PATIENT = RULES.withOfflineGrace(Duration.ofSeconds(5));

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    private final MqttDeviceWatch watch;
    private final WatchSettings settings;
    private Duration patience = PATIENCE;

    private Watching(MqttDeviceWatch watch, WatchSettings settings) {
        this.watch = watch;
        this.settings = settings;
    }

    /** What a watch is to be like, before it starts. */
    static final class Setup {
        private final List<ServerUrl> servers;
        private List<String> topics = List.of();
        private PresenceRules rules = RULES;
        private WatchRules watch = WatchRules.DEFAULT;
        private ClientFactory clients = MqttPubSubClient::create;
        private @Nullable ProtocolVersion protocol;
        private String node = "node-a";
        private WatchJournal journal = WatchJournal.NONE;
        private Credentials credentials = Credentials.NONE;

        private Setup(List<ServerUrl> servers) {
            this.servers = servers;
        }

        Setup topics(String... value) {
            topics = List.of(value);
            return this;
        }

        Setup rules(PresenceRules value) {
            rules = value;
            return this;
        }

        Setup audit(Duration value) {
            watch = new WatchRules(value, watch.maxDevices(), watch.minPublishInterval());
            return this;
        }

        Setup maxDevices(int value) {
            watch = new WatchRules(watch.audit(), value, watch.minPublishInterval());
            return this;
        }

        Setup clients(ClientFactory value) {
            clients = value;
            return this;
        }

        Setup protocol(ProtocolVersion value) {
            protocol = value;
            return this;
        }

        Setup journal(WatchJournal value) {
            journal = value;
            return this;
        }

        Setup node(String value) {
            node = value;
            return this;
        }

        Setup user(String name, String password) {
            credentials = Credentials.of(name, password.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        Watching start() {
            var details = DiscoveryDetails.of(
                            servers, topics.stream().map(DeviceFilter::parse).toList())
                    .with(rules)
                    .with(watch);
            var settings = new WatchSettings(details, credentials, TlsOptions.DEFAULT, node, String.join(",", topics));
            ClientFactory versioned =
                    (url, user, tls, session) -> clients.create(url, user, tls, session.withProtocol(protocol));
            var clock = MonotonicClock.start(InstantSource.system());
            return new Watching(MqttDeviceWatch.start(settings, versioned, clock, journal), settings);
        }
    }

    static Setup of(ServerUrl... servers) {
        return of(List.of(servers));
    }

    static Setup of(List<ServerUrl> servers) {
        return new Setup(servers);
    }

    /** Watches as a Configuration says. */
    static Watching configured(String details, Map<String, String> properties) {
        return configured(details, properties, MqttPubSubClient::create);
    }

    static Watching configured(String details, Map<String, String> properties, ClientFactory clients) {
        var checked = ((DetailsResult.Checked) DetailsParser.parse("test", details)).details();
        var bytes = new HashMap<String, byte[]>();
        properties.forEach((name, value) -> bytes.put(name, value.getBytes(StandardCharsets.UTF_8)));
        var secrets = new HashMap<String, ServerSecrets>();
        for (var server : checked.servers()) {
            var read = (DiscoverySecrets.Result.Accepted) DiscoverySecrets.read(bytes, server.credentials());
            secrets.put(server.credentials(), new ServerSecrets(read.credentials(), read.tls()));
        }
        var settings = new WatchSettings(checked, secrets, "node-a", new WatchKey(checked, secrets).digest(1));
        var clock = MonotonicClock.start(InstantSource.system());
        return new Watching(MqttDeviceWatch.start(settings, clients, clock, WatchJournal.NONE), settings);
    }

    /** How long to wait for what is expected. */
    Watching within(Duration time) {
        patience = time;
        return this;
    }

    Watching settled() {
        return until(() -> assertThat(watch.current().settled()).isTrue());
    }

    /** Each server is connected and read. */
    Watching connected() {
        settled();
        return until(() -> assertThat(watch.current().servers()).allMatch(WatchSnapshot.ServerHealth::connected));
    }

    /** The first server's link is down. */
    Watching disconnected() {
        return until(() -> assertThat(health().connected()).isFalse());
    }

    Watching until(ThrowingRunnable assertion) {
        Awaitility.await().pollInterval(LOOK).atMost(patience).untilAsserted(assertion);
        return this;
    }

    Watching untilPresence(String device, Presence presence) {
        return until(
                () -> assertThat(device(device).map(TrackedDevice::presence)).contains(presence));
    }

    Watching during(Duration time, ThrowingRunnable assertion) {
        Awaitility.await().during(time).atMost(patience).untilAsserted(assertion);
        return this;
    }

    /** Returns when what was published before has been dealt with, and its grace is over: a marker has lived and died. */
    Watching graceIsOver(ServerUrl server, String area) {
        var marker = area + "/" + TestDevice.area();
        try (var other = TestDevice.connect(server, marker).isBorn()) {
            untilPresence(marker, Presence.ONLINE);
            other.publishes("status", "offline", true);
            return untilPresence(marker, Presence.OFFLINE);
        }
    }

    /** The same for a watch that cannot hear of it: another one does. */
    Watching graceOfOthersIsOver(ServerUrl server, String area) {
        try (var other = of(server).topics(area + "/+/joints").node("node-z").start()) {
            other.connected().graceIsOver(server, area);
        }
        return this;
    }

    /**
     * Returns when what was published before has been dealt with: a marker has come. It says so until it is believed, since what comes
     * before a connection's subscriptions are there, or are drained, is not.
     */
    Watching heard(ServerUrl server, String area) {
        var marker = area + "/" + TestDevice.area();
        try (var other = TestDevice.connect(server, marker)) {
            return until(() -> {
                other.publishes("joints", "1", false);
                assertThat(device(marker).map(TrackedDevice::presence)).contains(Presence.ONLINE);
            });
        }
    }

    /** What was ignored or corrected for this cause. */
    long count(String cause) {
        return watch.current().counters().stream()
                .filter(counter -> counter.cause().equals(cause))
                .mapToLong(WatchSnapshot.Counter::count)
                .sum();
    }

    Optional<TrackedDevice> device(String id) {
        return watch.current().devices().stream()
                .filter(device -> device.id().equals(id))
                .findFirst();
    }

    boolean listed(String id) {
        return device(id).map(TrackedDevice::listed).orElse(false);
    }

    /** What the device was, one after the other. */
    List<Presence> story(String id) {
        return device(id).map(TrackedDevice::transitions).stream()
                .flatMap(List::stream)
                .map(Transition::to)
                .toList();
    }

    /** The first server's. */
    WatchSnapshot.ServerHealth health() {
        return watch.current().servers().getFirst();
    }

    /** The client id of the live connection to the first server. */
    String liveId() {
        return ClientIds.live(settings, settings.details().servers().getFirst());
    }

    /** Another client of the first server, not connected yet. */
    PubSubClient plainClient() {
        return MqttPubSubClient.create(
                settings.details().urls().getFirst(),
                Credentials.NONE,
                TlsOptions.DEFAULT,
                SessionOptions.clean(TestDevice.area()));
    }

    WatchSnapshot current() {
        return watch.current();
    }

    MqttDeviceWatch watch() {
        return watch;
    }

    @Override
    public void close() {
        watch.close();
    }
}
