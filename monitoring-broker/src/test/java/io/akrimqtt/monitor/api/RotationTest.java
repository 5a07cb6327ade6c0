package io.akrimqtt.monitor.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.akrimqtt.messaging.testing.TestCertificates;
import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.monitor.access.AccessSettings.TokenSettings;
import io.akrimqtt.monitor.access.RulesFile;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.serving.ClientTls;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, keys and rules change on the disk while the listener listens. */
class RotationTest {

    private static final String READ = "rules: [{caller: 'certificate:CN=operator', read: true}]";
    private static final String TOKEN_READ = "rules: [{caller: 'token:robot', read: true}]";
    private static final String NOTHING = "rules: [{caller: 'certificate:CN=somebody else', read: true}]";

    @TempDir
    Path folder;

    private final TestCertificates before = TestCertificates.create();
    private final TestCertificates after = TestCertificates.create();

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text + "\n");
    }

    private AccessSettings settings() throws IOException {
        var server = before.server();
        var rules = RulesFile.read("rules.yaml", READ).rules();
        return new AccessSettings(
                server.certificate(),
                server.key(),
                before.authority(),
                null,
                rules,
                new AccessSettings.Files(
                        write("cert", server.certificate()),
                        write("key", server.key()),
                        write("ca", before.authority()),
                        null,
                        write("rules", READ)));
    }

    /** OK, or why not. */
    private static Status.Code read(ListenAddress address, TestCertificates by) throws IOException {
        var client = by.client("operator");
        return read(address, new ClientTls(by.authority(), client.certificate(), client.key(), "localhost"), "");
    }

    private static Status.Code read(ListenAddress address, ClientTls tls, String token) throws IOException {
        var headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        try (var connection = GrpcChannels.open(address, tls)) {
            var device = MonitoringGrpc.newBlockingStub(connection.channel())
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .getDevice(GetDeviceRequest.getDefaultInstance());
            assertThat(device.getName()).isEqualTo("pump-7");
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    /** One that looks every 50 ms whether its files are new. */
    private static MonitorListener listening(ApiFixture api, AccessSettings settings) throws IOException {
        return requireNonNull(MonitorListener.start(
                new ListenAddress.Tcp("localhost", 0),
                settings,
                api.service,
                InstantSource.system(),
                Duration.ofMillis(50)));
    }

    private static void awaitRead(ListenAddress address, TestCertificates by, Status.Code code) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(read(address, by)).isEqualTo(code));
    }

    @Test
    void what_is_new_counts_from_then_on_and_what_cannot_be_used_does_not() throws Exception {
        var settings = settings();
        try (var api = new ApiFixture(Map.of(), settings.rules());
                var listener = listening(api, settings)) {
            var address = listener.address();
            assertThat(read(address, before)).isEqualTo(Status.Code.OK);

            // A key of another certificate: half of a rotation.
            write("key", after.server().key());
            // When the rules have been looked at twice, the keys were looked at in between.
            write("rules", NOTHING);
            awaitRead(address, before, Status.Code.PERMISSION_DENIED);
            write("rules", READ);
            awaitRead(address, before, Status.Code.OK);

            write("rules", "rules: []");
            rotate(after);
            awaitRead(address, after, Status.Code.OK);
            assertThat(read(address, before)).isEqualTo(Status.Code.UNAVAILABLE);
            rotate(before);
            awaitRead(address, before, Status.Code.OK);
        }
    }

    @Test
    void keys_of_tokens_count_as_the_file_has_them_and_stay_where_it_has_none() throws Exception {
        var first = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        var second = new ECKeyGenerator(Curve.P_256).keyID("k2").generate();
        var server = before.server();
        var settings = new AccessSettings(
                server.certificate(),
                server.key(),
                null,
                new TokenSettings(set(first), "", "https://issuer", "akri-mqtt", null),
                RulesFile.read("rules.yaml", TOKEN_READ).rules(),
                new AccessSettings.Files(null, null, null, write("keys", set(first)), write("rules", TOKEN_READ)));
        var tls = new ClientTls(before.authority(), null, null, "localhost");
        try (var api = new ApiFixture(Map.of(), settings.rules());
                var listener = listening(api, settings)) {
            var address = listener.address();
            assertThat(read(address, tls, signed(first))).isEqualTo(Status.Code.OK);

            write("keys", set(second));
            awaitRead(address, tls, signed(second), Status.Code.OK);
            assertThat(read(address, tls, signed(first))).isEqualTo(Status.Code.UNAUTHENTICATED);

            write("keys", "{");
            // When the rules have been looked at twice, the keys were looked at in between.
            write("rules", NOTHING);
            awaitRead(address, tls, signed(second), Status.Code.PERMISSION_DENIED);
            write("rules", TOKEN_READ);
            awaitRead(address, tls, signed(second), Status.Code.OK);
        }
    }

    private static void awaitRead(ListenAddress address, ClientTls tls, String token, Status.Code code) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(read(address, tls, token)).isEqualTo(code));
    }

    private static String set(ECKey key) {
        return new JWKSet(key.toPublicJWK()).toString();
    }

    private static String signed(ECKey by) throws JOSEException {
        var claims = new JWTClaimsSet.Builder()
                .subject("robot")
                .issuer("https://issuer")
                .audience("akri-mqtt")
                .expirationTime(Date.from(Instant.parse("2100-01-01T00:00:00Z")));
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()).build(), claims.build());
        token.sign(new ECDSASigner(by));
        return token.serialize();
    }

    private void rotate(TestCertificates to) throws IOException {
        var server = to.server();
        write("key", server.key());
        write("cert", server.certificate());
        write("ca", to.authority());
    }
}
