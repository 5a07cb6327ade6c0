package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.TestCertificates;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS as the details and the properties say, against Mosquitto: what is trusted, and how it is told what is not. */
class ConfiguredTlsTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    private static final String REST = "topics: [robots/+/joints]\npresence: {audit: 0}\n";
    private static final Map<String, String> TRUST = Map.of("mqtt_ca", CERTIFICATES.authority());

    private static MosquittoServer server;

    @BeforeAll
    static void start() {
        server = MosquittoServer.options().tls(CERTIFICATES, false).start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Watching watch(ServerUrl url, String tls, Map<String, String> properties) {
        return Watching.configured("serverUrls: " + url + "\n" + REST + tls, properties);
    }

    /** It is told what is wrong, and the server is not stormed: the first pauses are 200, 400, 800 ms and so on. */
    private static void refused(Watching watch, String problem) {
        watch.settled().until(() -> assertThat(watch.health().problem()).containsIgnoringCase(problem));
        assertThat(watch.health().connected()).isFalse();
        long before = connections();
        watch.during(
                Duration.ofSeconds(1),
                () -> assertThat(watch.health().connected()).isFalse());
        assertThat(connections() - before).isLessThan(8);
    }

    private static long connections() {
        return server.log()
                .lines()
                .filter(line -> line.contains("New connection from"))
                .count();
    }

    @Test
    void an_authority_that_is_given_is_trusted() {
        try (var watch = watch(server.url(), "", TRUST).connected()) {
            assertThat(watch.health().problem()).isEmpty();
        }
    }

    @Test
    void an_authority_that_is_not_given_is_told() {
        try (var watch = watch(server.url(), "", Map.of())) {
            refused(watch, "certif");
        }
    }

    @Test
    void another_authority_is_told() {
        var other = Map.of("mqtt_ca", TestCertificates.create().authority());
        try (var watch = watch(server.url(), "", other)) {
            refused(watch, "certif");
        }
    }

    @Test
    void another_name_is_told() {
        try (var watch = watch(server.url(), "tls: {serverName: mqtt.plant}", TRUST)) {
            refused(watch, "mqtt.plant");
        }
    }

    @Test
    void a_certificate_of_yesterday_is_told(@TempDir Path folder) {
        try (var expired = ExpiredServer.start(folder);
                var watch = watch(expired.url(), "", Map.of("mqtt_ca", expired.authority()))
                        .settled()) {
            watch.until(() -> assertThat(watch.health().problem()).contains("not accepted: NotAfter"));
            assertThat(watch.health().connected()).isFalse();
        }
    }

    @Test
    void a_server_by_its_address_is_trusted_under_a_name_of_its_certificate() {
        var address = ServerUrl.parse("ssl://127.0.0.1:" + server.port());
        try (var watch = watch(address, "tls: {serverName: localhost}", TRUST).connected()) {
            assertThat(watch.health().problem()).isEmpty();
        }
    }

    @Test
    void anybody_is_trusted_where_that_is_written_and_that_is_said_once() {
        try (var log = WarningLog.open();
                var watch = watch(server.url(), "tls: {insecureSkipVerify: true, serverName: mqtt.plant}", Map.of())) {
            watch.connected();

            assertThat(log.about(server.url()))
                    .filteredOn(text -> text.contains("any certificate"))
                    .hasSize(1);
        }
    }

    @Test
    void a_user_name_without_tls_is_warned_of_once_and_never_shown() {
        var user = Map.of("mqtt_username", "hunter", "mqtt_password", "hunter2");
        try (var plain = MosquittoServer.start();
                var log = WarningLog.open();
                var open = watch(plain.url(), "", user).connected();
                var encrypted = watch(server.url(), "", withUser()).connected()) {
            assertThat(open).isNotSameAs(encrypted);
            assertThat(log.about(server.url())).noneMatch(text -> text.contains("encryption"));
            assertThat(log.about(plain.url()))
                    .filteredOn(text -> text.contains("without encryption"))
                    .singleElement()
                    .asString()
                    .doesNotContain("hunter");
        }
    }

    private static Map<String, String> withUser() {
        return Map.of("mqtt_ca", CERTIFICATES.authority(), "mqtt_username", "hunter");
    }
}
