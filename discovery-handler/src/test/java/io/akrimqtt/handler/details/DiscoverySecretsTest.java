package io.akrimqtt.handler.details;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

class DiscoverySecretsTest {

    private static final String CERTIFICATE;
    private static final String KEY;
    private static final String OLD_KEY;

    static {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            var pair = generator.generateKeyPair();
            var name = new X500Name("CN=test");
            var from = Instant.parse("2026-01-01T00:00:00Z");
            var certificate = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(from),
                            Date.from(from.plusSeconds(86_400)),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()));
            CERTIFICATE = pem(certificate);
            KEY = pem(new JcaPKCS8Generator(pair.getPrivate(), null));
            OLD_KEY = pem(pair.getPrivate());
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(Object value) throws IOException {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(value);
        }
        return text.toString();
    }

    private static DiscoverySecrets.Result read(String... namesAndValues) {
        Map<String, byte[]> properties = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1].getBytes(UTF_8));
        }
        return DiscoverySecrets.read(properties);
    }

    private static List<String> problems(DiscoverySecrets.Result result) {
        return result instanceof DiscoverySecrets.Result.Refused(var problems)
                ? problems.stream().map(Problem::toString).toList()
                : List.of();
    }

    @Test
    void nothing_is_fine_and_means_nobody() {
        var accepted = (DiscoverySecrets.Result.Accepted) read("somebodys", "else", "mqtt_username", "");

        assertThat(accepted.credentials().username()).isEmpty();
        assertThat(accepted.credentials().password()).isEmpty();
        assertThat(accepted.tls().authorities()).isNull();
    }

    @Test
    void everything_is_taken_as_it_is() {
        var accepted = (DiscoverySecrets.Result.Accepted) read(
                "mqtt_username",
                "bob",
                "mqtt_password",
                "a\nb",
                "mqtt_ca",
                CERTIFICATE,
                "mqtt_cert",
                CERTIFICATE + CERTIFICATE,
                "mqtt_key",
                KEY);

        assertThat(accepted.credentials().username()).contains("bob");
        assertThat(accepted.credentials().password()).contains("a\nb".getBytes(UTF_8));
        assertThat(accepted.tls().authorities()).isEqualTo(CERTIFICATE);
        assertThat(accepted.tls().key()).isEqualTo(KEY);
        assertThat(accepted.toString()).doesNotContain("bob").doesNotContain("BEGIN");
    }

    @Test
    void keys_may_come_in_the_old_form() {
        assertThat(OLD_KEY).contains("EC PRIVATE KEY");
        assertThat(problems(read("mqtt_cert", CERTIFICATE, "mqtt_key", OLD_KEY)))
                .isEmpty();
    }

    @Test
    void problems_name_the_property_and_never_show_it() {
        var half = KEY.substring(0, KEY.length() / 2);
        var locked = "-----BEGIN ENCRYPTED PRIVATE KEY-----\naGVsbG8=\n-----END ENCRYPTED PRIVATE KEY-----\n";
        var broken = "-----BEGIN CERTIFICATE-----\naGVsbG8=\n-----END CERTIFICATE-----\n";

        assertThat(problems(
                        read("mqtt_username", "bob\n", "mqtt_ca", "hunter2", "mqtt_cert", broken, "mqtt_key", half)))
                .containsExactly(
                        "discoveryProperties:1:1: mqtt_username: text with a control character, perhaps a line end"
                                + " (expected: a user name alone)",
                        "discoveryProperties:1:1: mqtt_ca: text without a PEM block (expected: PEM, such as a Secret's"
                                + " tls.crt or tls.key)",
                        "discoveryProperties:1:1: mqtt_cert: PEM that holds no readable certificate (expected: PEM, such"
                                + " as a Secret's tls.crt or tls.key)",
                        "discoveryProperties:1:1: mqtt_key: PEM that cannot be read (expected: PEM, such as a Secret's"
                                + " tls.crt or tls.key)");
        assertThat(problems(read("mqtt_cert", CERTIFICATE, "mqtt_key", locked)))
                .containsExactly("discoveryProperties:1:1: mqtt_key: a private key with a passphrase (expected: PEM,"
                        + " such as a Secret's tls.crt or tls.key)");
        assertThat(problems(read("mqtt_cert", CERTIFICATE, "mqtt_key", CERTIFICATE)))
                .containsExactly("discoveryProperties:1:1: mqtt_key: PEM that is no private key (expected: PEM, such as"
                        + " a Secret's tls.crt or tls.key)");
    }

    @Test
    void a_certificate_needs_its_key_and_the_other_way_round() {
        assertThat(problems(read("mqtt_cert", CERTIFICATE)))
                .containsExactly("discoveryProperties:1:1: mqtt_key: missing (expected: both of mqtt_cert and mqtt_key,"
                        + " or none)");
        assertThat(problems(read("mqtt_key", KEY))).hasSize(1);
    }

    @Test
    void too_large_and_no_text_are_problems() {
        assertThat(problems(read("mqtt_password", "x".repeat(65_537))))
                .containsExactly("discoveryProperties:1:1: mqtt_password: 65537 bytes (expected: at most 65536)");
        assertThat(problems(DiscoverySecrets.read(Map.of("mqtt_ca", new byte[] {(byte) 0xff}))))
                .containsExactly("discoveryProperties:1:1: mqtt_ca: bytes that are no UTF-8 (expected: text in UTF-8)");
    }

    @Test
    void another_prefix_names_other_properties_and_their_problems() {
        Map<String, byte[]> properties = Map.of(
                "mqtt_username", "bob".getBytes(UTF_8),
                "plant_b_username", "ann".getBytes(UTF_8),
                "plant_c_cert", CERTIFICATE.getBytes(UTF_8));

        var accepted = (DiscoverySecrets.Result.Accepted) DiscoverySecrets.read(properties, "plant_b");
        assertThat(accepted.credentials().username()).contains("ann");
        assertThat(problems(DiscoverySecrets.read(properties, "plant_c")))
                .containsExactly("discoveryProperties:1:1: plant_c_key: missing (expected: both of plant_c_cert and"
                        + " plant_c_key, or none)");
        assertThat(DiscoverySecrets.read(properties, "plant_d")).isInstanceOf(DiscoverySecrets.Result.Accepted.class);
    }
}
