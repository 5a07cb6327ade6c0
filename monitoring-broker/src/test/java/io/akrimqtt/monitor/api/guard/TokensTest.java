package io.akrimqtt.monitor.api.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.akrimqtt.messaging.testing.TestCertificates;
import io.akrimqtt.monitor.access.AccessSettings.TokenSettings;
import io.akrimqtt.monitor.access.Caller;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TokensTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final ECKey key = key("k1");

    private static ECKey key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static Tokens file(String keys) {
        return Tokens.of(new TokenSettings(keys, "", "https://issuer", "akri-mqtt", null), CLOCK);
    }

    private static String set(ECKey... keys) {
        return new JWKSet(List.<com.nimbusds.jose.jwk.JWK>of(keys)).toString(true);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .subject("robot")
                .issuer("https://issuer")
                .audience("akri-mqtt")
                .expirationTime(Date.from(NOW.plusSeconds(300)));
    }

    private static String signed(ECKey by, JWTClaimsSet.Builder claims, UnaryOperator<JWSHeader.Builder> header)
            throws JOSEException {
        var token = new SignedJWT(
                header.apply(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()))
                        .build(),
                claims.build());
        token.sign(new ECDSASigner(by));
        return token.serialize();
    }

    private static String signed(ECKey by) throws JOSEException {
        return signed(by, claims(), UnaryOperator.identity());
    }

    private static boolean taken(Tokens tokens, String token) {
        return tokens.caller(token) instanceof Identified.As(Caller caller) && caller.proved();
    }

    @Test
    void a_token_counts_while_it_is_valid_give_or_take_a_minute() throws Exception {
        var tokens = file(set(key));

        assertThat(taken(tokens, signed(key))).isTrue();
        for (long second : new long[] {-59, 59}) {
            var time = Date.from(NOW.plusSeconds(second));
            assertThat(taken(tokens, signed(key, claims().notBeforeTime(time), UnaryOperator.identity())))
                    .isTrue();
        }
        var past = Date.from(NOW.minusSeconds(61));
        var future = Date.from(NOW.plusSeconds(61));
        assertThat(taken(tokens, signed(key, claims().expirationTime(past), UnaryOperator.identity())))
                .isFalse();
        assertThat(taken(tokens, signed(key, claims().notBeforeTime(future), UnaryOperator.identity())))
                .isFalse();
    }

    @Test
    void a_token_needs_all_its_claims_an_expiry_and_a_signature() throws Exception {
        var tokens = file(set(key));
        var lacking = List.of(
                claims().subject(null),
                claims().expirationTime(null),
                claims().audience("else"),
                claims().audience((String) null),
                claims().issuer("https://else"),
                claims().issuer(null));

        for (var claims : lacking) {
            assertThat(taken(tokens, signed(key, claims, UnaryOperator.identity())))
                    .as("%s", claims.build())
                    .isFalse();
        }
        assertThat(taken(tokens, new PlainJWT(claims().build()).serialize())).isFalse();
    }

    @Test
    void a_token_that_names_another_key_is_refused_whoever_signed_it() throws Exception {
        var other = key("k2");
        var tokens = file(set(key, other));

        assertThat(taken(tokens, signed(key, claims(), header -> header.keyID("k1"))))
                .isTrue();
        assertThat(taken(tokens, signed(key, claims(), header -> header.keyID("k2"))))
                .isFalse();
        assertThat(taken(tokens, signed(key, claims(), header -> header.keyID("k3"))))
                .isFalse();
    }

    @Test
    void a_token_that_is_too_long_is_not_looked_at() throws Exception {
        var tokens = file(set(key));
        var rest = "x".repeat(Tokens.MAX_LENGTH);

        var token = signed(key, claims().claim("rest", rest), UnaryOperator.identity());

        assertThat(taken(tokens, token)).isFalse();
        assertThat(taken(tokens, signed(key, claims().claim("rest", "x"), UnaryOperator.identity())))
                .isTrue();
    }

    @Test
    void of_very_many_groups_the_first_hundred_count() throws Exception {
        var groups = IntStream.range(0, 2 * Tokens.MAX_GROUPS)
                .mapToObj(number -> "g" + number)
                .toList();

        var caller = file(set(key)).caller(signed(key, claims().claim("groups", groups), UnaryOperator.identity()));

        assertThat(caller)
                .isInstanceOfSatisfying(
                        Identified.As.class,
                        as -> assertThat(as.caller().titles())
                                .contains("group:g0", "group:g" + (Tokens.MAX_GROUPS - 1))
                                .doesNotContain("group:g" + Tokens.MAX_GROUPS));
    }

    @Test
    void an_access_token_by_its_type_counts_and_another_type_does_not() throws Exception {
        var tokens = file(set(key));

        assertThat(taken(tokens, signed(key, claims(), header -> header.type(new JOSEObjectType("at+jwt")))))
                .isTrue();
        assertThat(taken(tokens, signed(key, claims(), header -> header.type(new JOSEObjectType("logout+jwt")))))
                .isFalse();
    }

    @Test
    void a_public_key_is_never_a_secret_of_a_token() throws Exception {
        RSAKey rsa = new RSAKeyGenerator(2048).keyID("r").generate();
        var tokens = file(new JWKSet(rsa.toPublicJWK()).toString());
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("r").build(), claims().build());
        token.sign(new MACSigner(rsa.toRSAPublicKey().getEncoded()));

        assertThat(taken(tokens, token.serialize())).isFalse();
    }

    @Test
    void a_key_that_a_token_brings_along_is_not_looked_at() throws Exception {
        var own = key("k1");
        try (var elsewhere = new KeyServer(TestCertificates.create())) {
            elsewhere.text = set(own);
            var url = URI.create(elsewhere.url());

            assertThat(taken(
                            file(set(key)),
                            signed(
                                    own,
                                    claims(),
                                    header -> header.jwk(own.toPublicJWK())
                                            .jwkURL(url)
                                            .x509CertURL(url))))
                    .isFalse();
            assertThat(elsewhere.asked).hasValue(0);
        }
    }

    @Test
    void a_short_key_is_no_key() throws Exception {
        var weak = new RSAKeyGenerator(1024, true).keyID("r").generate();

        assertThatThrownBy(() -> file(new JWKSet(weak.toPublicJWK()).toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "AKRI_MQTT_GRPC_TOKEN_KEYS: no key to check a signature with (expected: RSA of at least 2048"
                                + " bits, or EC)");
        var tokens = file(new JWKSet(List.of(key, weak)).toString(true));
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("r").build(), claims().build());
        token.sign(
                new RSASSASigner(weak, java.util.Set.of(com.nimbusds.jose.crypto.opts.AllowWeakRSAKey.getInstance())));
        assertThat(taken(tokens, token.serialize())).isFalse();
    }

    @Test
    void keys_of_a_file_are_renewed_and_stay_where_the_new_ones_are_none() throws Exception {
        var tokens = file(set(key));
        var other = key("k2");

        tokens.renew(set(other));

        assertThat(taken(tokens, signed(key))).isFalse();
        assertThat(taken(tokens, signed(other))).isTrue();
        assertThatThrownBy(() -> tokens.renew("{")).isInstanceOf(IllegalArgumentException.class);
        assertThat(taken(tokens, signed(other))).isTrue();
    }

    /** Whoever issues tokens tells of its keys at a URL. */
    @Nested
    class Keys_of_a_url {

        private final TestCertificates certificates = TestCertificates.create();

        private Tokens tokens(KeyServer server) {
            return tokens(server, certificates);
        }

        private static Tokens tokens(KeyServer server, TestCertificates certificates) {
            return Tokens.of(
                    new TokenSettings("", server.url(), "https://issuer", "akri-mqtt", certificates.authority()),
                    CLOCK);
        }

        /** The first handshake of a process may take longer than anybody waits for keys. */
        @BeforeAll
        static void shake_hands_once() throws Exception {
            var certificates = TestCertificates.create();
            var any = key("any");
            try (var server = new KeyServer(certificates)) {
                server.text = set(any);
                var token = signed(any);
                await().atMost(Duration.ofSeconds(60)).until(() -> taken(tokens(server, certificates), token));
            }
        }

        @Test
        void are_fetched_once_and_again_for_a_key_that_is_not_known_but_not_for_each() throws Exception {
            try (var server = new KeyServer(certificates)) {
                server.text = set(key);
                var tokens = tokens(server);
                for (int i = 0; i < 20; i++) {
                    assertThat(taken(tokens, signed(key))).isTrue();
                }
                assertThat(server.asked).hasValue(1);
                var rotated = key("k2");
                server.text = set(rotated);

                assertThat(taken(tokens, signed(rotated))).isTrue();
                assertThat(server.asked).hasValue(2);
                // The one before is gone.
                assertThat(tokens.caller(signed(key))).isEqualTo(new Identified.Wrong());
                for (int i = 0; i < 20; i++) {
                    assertThat(tokens.caller(signed(key("stranger-" + i)))).isEqualTo(new Identified.Wrong());
                }
                assertThat(server.asked).hasValue(2);
                assertThat(taken(tokens, signed(rotated))).isTrue();
            }
        }

        @Test
        void stay_while_the_url_does_not_answer() throws Exception {
            try (var server = new KeyServer(certificates)) {
                server.text = set(key);
                var tokens = tokens(server);
                assertThat(taken(tokens, signed(key))).isTrue();
                server.status = 500;

                tokens.caller(signed(key("unknown")));

                assertThat(taken(tokens, signed(key))).isTrue();
            }
        }

        /** With next to no time for which they are kept otherwise. */
        @Test
        void stay_beyond_their_time_while_the_url_does_not_answer() throws Exception {
            try (var server = new KeyServer(certificates)) {
                server.text = set(key);
                var settings =
                        new TokenSettings("", server.url(), "https://issuer", "akri-mqtt", certificates.authority());
                var keys = TokenKeys.ofUrl(settings, Duration.ofMillis(1), Duration.ZERO);
                var tokens = new Tokens(keys, settings.issuer(), settings.audience(), CLOCK);
                assertThat(taken(tokens, signed(key))).isTrue();
                server.status = 500;
                int before = server.asked.get();

                await().until(() -> {
                    assertThat(taken(tokens, signed(key))).isTrue();
                    return server.asked.get() > before;
                });
            }
        }

        @Test
        void that_were_never_had_are_no_reason_to_call_a_token_wrong() throws Exception {
            try (var server = new KeyServer(certificates)) {
                server.status = 500;

                assertThat(tokens(server).caller(signed(key))).isEqualTo(new Identified.Unknown());
            }
        }

        @Test
        void are_not_fetched_from_where_it_redirects_to_nor_from_whom_nobody_trusts_nor_without_end() throws Exception {
            try (var server = new KeyServer(certificates);
                    var elsewhere = new KeyServer(certificates);
                    var stranger = new KeyServer(TestCertificates.create());
                    var endless = new KeyServer(certificates)) {
                server.status = 302;
                server.location = elsewhere.url();
                elsewhere.text = set(key);
                stranger.text = set(key);
                endless.text = " ".repeat(KeyRetriever.MOST) + set(key);

                assertThat(taken(tokens(server), signed(key))).isFalse();
                assertThat(elsewhere.asked).hasValue(0);
                assertThat(taken(tokens(stranger), signed(key))).isFalse();
                assertThat(taken(tokens(endless), signed(key))).isFalse();
            }
        }
    }
}
