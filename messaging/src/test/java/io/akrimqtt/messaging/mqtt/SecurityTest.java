package io.akrimqtt.messaging.mqtt;

import static io.akrimqtt.messaging.mqtt.Recorder.topic;
import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.messaging.client.ConnectionEvent.Connected;
import io.akrimqtt.messaging.client.ConnectionEvent.Disconnected;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.MessagingException.Kind;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.testing.TestCertificates;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SecurityTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.create();
    private static final TlsOptions TRUSTING = new TlsOptions(CERTIFICATES.authority(), null, null, null, false);

    /** Connects once; the recorder tells how it went. */
    private static Recorder attempt(ServerUrl url, Credentials credentials, TlsOptions tls, SessionOptions options) {
        var recorder = new Recorder();
        try (var client = MqttPubSubClient.create(url, credentials, tls, options)) {
            client.onConnection(recorder.events::add);
            client.connect();
            await().until(() -> !recorder.events.isEmpty());
        }
        return recorder;
    }

    private static Disconnected refusal(Recorder recorder) {
        return recorder.events(Disconnected.class).getFirst();
    }

    private static TlsOptions showing(String certificate, @Nullable String key) {
        return new TlsOptions(CERTIFICATES.authority(), certificate, key, null, false);
    }

    @EachServer
    void messages_travel_over_web_sockets(ServerCase server) throws Exception {
        var name = Recorder.unique("ws");
        var recorder = new Recorder();
        try (var client = Recorder.client(server.webSocketUrl(), server.clean(name))) {
            client.subscribe(TopicFilter.of(name), recorder);
            recorder.connect(client);
            client.publish(Message.of(topic(name), "hello")).get(60, SECONDS);
            recorder.awaitMessages(1);
        }
        assertThat(recorder.texts()).containsExactly("hello");
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class A_server_with_tls {

        private final MosquittoServer server =
                MosquittoServer.options().tls(CERTIFICATES, false).webSocket().start();

        @AfterAll
        void stop() {
            server.close();
        }

        @ParameterizedTest
        @EnumSource
        void is_trusted_with_its_private_authority(ProtocolVersion protocol) {
            var options = SessionOptions.clean("tls").withProtocol(protocol);

            assertThat(attempt(server.url(), Credentials.NONE, TRUSTING, options).events)
                    .contains(new Connected(false, protocol));
            assertThat(attempt(server.webSocketUrl(), Credentials.NONE, TRUSTING, options).events)
                    .contains(new Connected(false, protocol));
        }

        @Test
        void is_refused_with_another_authority_and_the_reason_can_be_read() {
            var other = new TlsOptions(TestCertificates.create().authority(), null, null, null, false);

            var event = refusal(attempt(server.url(), Credentials.NONE, other, SessionOptions.clean("other")));

            assertThat(event.reason())
                    .startsWith("TLS failed, the server's certificate was not accepted: ")
                    .contains("path");
            assertThat(event.refused()).isFalse();
            assertThat(event.untrusted()).isTrue();
        }

        @Test
        void is_refused_with_the_jdks_authorities() {
            var recorder = attempt(server.url(), Credentials.NONE, TlsOptions.DEFAULT, SessionOptions.clean("jdk"));

            assertThat(refusal(recorder).reason()).contains("unable to find valid certification path");
        }

        @Test
        void must_have_the_name_that_is_expected() {
            var named = new TlsOptions(CERTIFICATES.authority(), null, null, "broker.example", false);
            var local = new TlsOptions(CERTIFICATES.authority(), null, null, "localhost", false);
            var byAddress = ServerUrl.parse("ssl://127.0.0.1:" + server.port());

            var event = refusal(attempt(server.url(), Credentials.NONE, named, SessionOptions.clean("named")));

            assertThat(event.reason()).contains("broker.example");
            assertThat(attempt(byAddress, Credentials.NONE, local, SessionOptions.clean("local"))
                            .events(Connected.class))
                    .hasSize(1);
        }

        @Test
        void is_believed_blindly_only_when_told_to() {
            var blind = new TlsOptions(null, null, null, "broker.example", true);

            assertThat(attempt(server.url(), Credentials.NONE, blind, SessionOptions.clean("blind"))
                            .events(Connected.class))
                    .hasSize(1);
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class A_server_that_wants_client_certificates {

        private final MosquittoServer server =
                MosquittoServer.options().tls(CERTIFICATES, true).start();

        @AfterAll
        void stop() {
            server.close();
        }

        @ParameterizedTest
        @CsvSource({"RSA,2048", "EC,256", "EC,384", "Ed25519,0"})
        void takes_keys_of_every_kind(String algorithm, int bits) {
            var identity = CERTIFICATES.issue("device", algorithm, bits);
            var options = SessionOptions.clean("mtls-" + algorithm);

            for (var key : List.of(identity.key(), identity.traditionalKey())) {
                assertThat(attempt(server.url(), Credentials.NONE, showing(identity.certificate(), key), options)
                                .events(Connected.class))
                        .hasSize(1);
            }
        }

        @Test
        void is_not_even_asked_with_texts_that_are_no_identity() {
            var one = CERTIFICATES.client("one");
            var two = CERTIFICATES.client("two");

            assertProblem(
                    showing(one.certificate(), two.key()),
                    "key: does not belong to the certificate (expected: its private key)");
            assertProblem(
                    showing(one.certificate(), null), "certificate: comes without its key (expected: both or none)");
            assertProblem(
                    showing("x", one.key()),
                    "certificate: no certificate (expected: PEM with '-----BEGIN CERTIFICATE-----')");
            assertProblem(
                    showing(one.certificate(), "x"), "key: no private key (expected: PEM, PKCS#8, PKCS#1 or SEC 1)");
            assertProblem(
                    showing(
                            one.certificate(),
                            "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMIIB\n-----END ENCRYPTED PRIVATE KEY-----"),
                    "key: a key with a passphrase (expected: one without)");
            assertProblem(
                    showing(one.certificate(), "-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----"),
                    "key: a private key of no kind that we know (expected: RSA, EC, Ed25519)");
            assertProblem(
                    new TlsOptions(
                            "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", null, null, null, false),
                    "authorities: block 1 is no certificate (expected: X.509 in PEM)");
        }

        private void assertProblem(TlsOptions tls, String problem) {
            assertThatThrownBy(() ->
                            MqttPubSubClient.create(server.url(), Credentials.NONE, tls, SessionOptions.clean("x")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(problem);
        }

        @Test
        void refuses_a_client_without_and_one_of_another_authority() {
            var stranger = TestCertificates.create().client("stranger");

            var without = refusal(attempt(server.url(), Credentials.NONE, TRUSTING, SessionOptions.clean("without")));
            var strange = refusal(attempt(
                    server.url(),
                    Credentials.NONE,
                    showing(stranger.certificate(), stranger.key()),
                    SessionOptions.clean("stranger")));

            assertThat(without.reason()).startsWith("the MQTT server refused the TLS handshake: ");
            assertThat(without.untrusted()).isFalse();
            assertThat(without.refused()).isTrue();
            assertThat(strange.reason())
                    .startsWith("the MQTT server refused the TLS handshake: ")
                    .doesNotContain("KEY");
        }
    }

    @Nested
    @TestInstance(Lifecycle.PER_CLASS)
    class A_server_with_users {

        private final MosquittoServer server = MosquittoServer.options()
                .user("anna", "right-word")
                .acl("user anna\ntopic readwrite open/#")
                .start();

        @AfterAll
        void stop() {
            server.close();
        }

        @ParameterizedTest
        @EnumSource
        void lets_in_who_knows_the_password(ProtocolVersion protocol) {
            var options = SessionOptions.clean("anna").withProtocol(protocol);
            var right = Credentials.of("anna", "right-word".getBytes(UTF_8));
            var wrong = Credentials.of("anna", "wrong-word".getBytes(UTF_8));

            assertThat(attempt(server.url(), right, TlsOptions.DEFAULT, options).events(Connected.class))
                    .hasSize(1);
            var event = refusal(attempt(server.url(), wrong, TlsOptions.DEFAULT, options));
            assertThat(event.refused()).isTrue();
            assertThat(event.reason())
                    .isEqualTo("the MQTT server refused the connection: not authorized")
                    .doesNotContain("word");
            assertThat(refusal(attempt(server.url(), Credentials.NONE, TlsOptions.DEFAULT, options))
                            .refused())
                    .isTrue();
        }

        @Test
        void refuses_to_take_messages_where_the_user_has_no_rights() throws Exception {
            var right = Credentials.of("anna", "right-word".getBytes(UTF_8));
            try (var client =
                    MqttPubSubClient.create(server.url(), right, TlsOptions.DEFAULT, SessionOptions.clean("acl"))) {
                new Recorder().connect(client);
                assertThat(client.publish(Message.of(topic("open/x"), ""))
                                .get(60, SECONDS)
                                .noSubscribers())
                        .isTrue();
                assertThatThrownBy(() ->
                                client.publish(Message.of(topic("closed"), "")).get(60, SECONDS))
                        .cause()
                        .isInstanceOfSatisfying(
                                MessagingException.class,
                                e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
                        .hasMessage("publish to 'closed': the MQTT server refused it: not authorized");
            }
        }
    }
}
