package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.WatchRules;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceRules;
import io.akrimqtt.serving.MonotonicClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A watch of a test, with short times, and what is expected of it. */
final class Watching implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    static final PresenceRules RULES =
            PresenceRules.DEFAULT.withOfflineGrace(Duration.ofSeconds(2)).withSettle(Duration.ofMillis(500));

    private final MqttDeviceWatch watch;

    private Watching(MqttDeviceWatch watch) {
        this.watch = watch;
    }

    static Watching start(@Nullable ProtocolVersion protocol, String node, List<ServerUrl> servers, String... topics) {
        return start(
                (url, credentials, tls, session) ->
                        MqttPubSubClient.create(url, credentials, tls, session.withProtocol(protocol)),
                node,
                servers,
                topics);
    }

    static Watching start(ClientFactory clients, String node, List<ServerUrl> servers, String... topics) {
        var details = new DiscoveryDetails(
                servers,
                Stream.of(topics).map(DeviceFilter::parse).toList(),
                StatusTopic.DEFAULTS,
                RULES,
                WatchRules.DEFAULT,
                null,
                QualityOfService.AT_LEAST_ONCE);
        var settings = new WatchSettings(details, Credentials.NONE, TlsOptions.DEFAULT, node, String.join(",", topics));
        return new Watching(MqttDeviceWatch.start(
                settings, clients, MonotonicClock.start(InstantSource.system()), WatchJournal.NONE));
    }

    Watching settled() {
        return until(() -> assertThat(watch.current().settled()).isTrue());
    }

    /** Each server is connected and read. */
    Watching connected() {
        settled();
        return until(() -> assertThat(watch.current().servers()).allMatch(WatchSnapshot.ServerHealth::connected));
    }

    Watching until(ThrowingRunnable assertion) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(assertion);
        return this;
    }

    Watching untilPresence(String device, Presence presence) {
        return until(
                () -> assertThat(device(device).map(TrackedDevice::presence)).contains(presence));
    }

    Watching during(Duration time, ThrowingRunnable assertion) {
        Awaitility.await().during(time).atMost(PATIENCE).untilAsserted(assertion);
        return this;
    }

    Optional<TrackedDevice> device(String id) {
        return watch.current().devices().stream()
                .filter(device -> device.id().equals(id))
                .findFirst();
    }

    boolean listed(String id) {
        return device(id).map(TrackedDevice::listed).orElse(false);
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
