package io.akrimqtt.handler.watch;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.DiscoverySecrets;
import io.akrimqtt.handler.details.ServerSecrets;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.handler.report.DeviceProperties;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.MosquittoOptions;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.TestCertificates;
import io.akrimqtt.serving.MonotonicClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What keys of the details do, with real servers. */
class DetailsEffectTest {

    private final List<SessionOptions> sessions = new CopyOnWriteArrayList<>();

    private static DiscoveryDetails details(String yaml) {
        return switch (DetailsParser.parse("d", yaml)) {
            case DetailsResult.Checked(var details) -> details;
            case DetailsResult.Refused(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    private MqttDeviceWatch watch(DiscoveryDetails details, Map<String, String> properties) {
        var bytes = new HashMap<String, byte[]>();
        properties.forEach((name, value) -> bytes.put(name, value.getBytes(StandardCharsets.UTF_8)));
        var secrets = new HashMap<String, ServerSecrets>();
        for (var server : details.servers()) {
            var read = (DiscoverySecrets.Result.Accepted) DiscoverySecrets.read(bytes, server.credentials());
            secrets.put(server.credentials(), new ServerSecrets(read.credentials(), read.tls()));
        }
        ClientFactory recording = (url, credentials, tls, session) -> {
            sessions.add(session);
            return MqttPubSubClient.create(url, credentials, tls, session);
        };
        return MqttDeviceWatch.start(
                new WatchSettings(details, secrets, "node", "digest"),
                recording,
                MonotonicClock.start(InstantSource.system()),
                WatchJournal.NONE);
    }

    private static void connected(MqttDeviceWatch watch) {
        await().untilAsserted(
                        () -> assertThat(watch.current().servers()).allMatch(WatchSnapshot.ServerHealth::connected));
    }

    private static List<String> ids(MqttDeviceWatch watch) {
        return watch.current().devices().stream().map(TrackedDevice::id).toList();
    }

    @Test
    void case_63_devices_of_one_name_on_two_servers_are_two_where_each_server_has_its_own() {
        try (var one = MosquittoServer.start();
                var two = MosquittoServer.start()) {
            var details = details("scope: perBroker\ntopics: robots/+/joints\nserverUrls: [{url: '" + one.url()
                    + "', alias: a}, {url: '" + two.url() + "', alias: b}]\n");
            try (var watch = watch(details, Map.of());
                    var first = TestDevice.connect(one.url(), "robots/r7");
                    var second = TestDevice.connect(two.url(), "robots/r7")) {
                connected(watch);
                first.isBorn();
                second.isBorn();
                await().untilAsserted(() -> assertThat(ids(watch)).containsExactly("a/robots/r7", "b/robots/r7"));

                first.dies();
                await().untilAsserted(() -> assertThat(watch.current().devices())
                        .extracting(TrackedDevice::listed)
                        .containsExactly(false, true));
                var properties =
                        DeviceProperties.of(details, watch.current().devices().getLast());
                assertThat(properties)
                        .containsEntry("MQTT_DEVICE_ID", "b/robots/r7")
                        .containsEntry("MQTT_DEVICE_NAME", "r7")
                        .containsEntry("MQTT_TOPICS", "robots/r7/joints")
                        .containsEntry("MQTT_SERVER_URLS", two.url().toString());
            }
        }
    }

    @Test
    void devices_that_are_not_wanted_are_not_tracked_and_are_counted() {
        try (var server = MosquittoServer.start()) {
            var details = details("serverUrls: '" + server.url() + "'\ntopics: robots/+/joints\nmaxDevices: 1\n"
                    + "devices: {action: Exclude, items: 'test-*'}\n");
            try (var watch = watch(details, Map.of());
                    var left = TestDevice.connect(server.url(), "robots/test-1");
                    var kept = TestDevice.connect(server.url(), "robots/r7")) {
                connected(watch);
                left.isBorn();
                kept.isBorn();

                await().untilAsserted(() -> assertThat(ids(watch)).containsExactly("robots/r7"));
                await().untilAsserted(() -> assertThat(watch.current().counters())
                        .anyMatch(counter -> counter.cause().equals("device_not_wanted") && counter.count() > 0));
            }
        }
    }

    @Test
    void connections_are_made_as_the_details_say() {
        try (var server = MosquittoServer.start()) {
            var details = details("serverUrls: '" + server.url() + "'\ntopics: robots/+/joints\n"
                    + "connection: {protocol: 3.1.1, keepAlive: 5s, sessionExpiry: 0, clientIdPrefix: plant7}\n");
            try (var watch = watch(details, Map.of())) {
                connected(watch);
                await().until(() -> sessions.size() > 1);
            }

            assertThat(sessions).allSatisfy(session -> {
                assertThat(session.protocol()).isEqualTo(ProtocolVersion.MQTT_3_1_1);
                assertThat(session.keepAlive()).isEqualTo(Duration.ofSeconds(5));
                assertThat(session.sessionExpiry()).isEqualTo(Duration.ZERO);
                assertThat(session.clientId()).matches("plant7[0-9a-f]{10}s?");
            });
        }
    }

    @Test
    void each_server_has_credentials_of_its_own() {
        try (var one = MosquittoServer.options().user("ann", "one").start();
                var two = MosquittoServer.options().user("bob", "two").start()) {
            var details = details("topics: robots/+/joints\nserverUrls: ['" + one.url() + "', {url: '" + two.url()
                    + "', credentials: plant_b}]\n");
            var properties = Map.of(
                    "mqtt_username", "ann",
                    "mqtt_password", "one",
                    "plant_b_username", "bob",
                    "plant_b_password", "two");
            try (var watch = watch(details, properties)) {
                connected(watch);
            }
        }
    }

    @Test
    void tls_failures_are_told_and_tried_slowly_and_tls_is_as_the_details_say() {
        var certificates = TestCertificates.create();
        try (var server = server(certificates)) {
            var url = "serverUrls: 'ssl://127.0.0.1:" + server.url().port() + "'\ntopics: robots/+/joints\n";
            var trusted = Map.of("mqtt_ca", certificates.authority());
            var other = Map.of("mqtt_ca", TestCertificates.create().authority());

            assertThat(problem(url, other)).contains("TLS failed").contains("path");
            assertThat(problem(url + "tls: {serverName: elsewhere.example}\n", trusted))
                    .contains("TLS failed");
            int attempts = sessions.size();
            assertThat(attempts).isLessThan(20);

            try (var named = watch(details(url + "tls: {serverName: localhost}\n"), trusted);
                    var blind = watch(details(url + "tls: {insecureSkipVerify: true}\n"), Map.of())) {
                connected(named);
                connected(blind);
            }
        }
    }

    private static MosquittoServer server(TestCertificates certificates) {
        MosquittoOptions options = MosquittoServer.options();
        return options.tls(certificates, false).start();
    }

    private String problem(String yaml, Map<String, String> properties) {
        try (var watch = watch(details(yaml), properties)) {
            await().untilAsserted(() ->
                    assertThat(watch.current().servers().getFirst().problem()).contains("TLS"));
            return watch.current().servers().getFirst().problem();
        }
    }
}
