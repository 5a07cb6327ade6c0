package io.akrimqtt.monitor.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.akrimqtt.messaging.testing.TestCertificates;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.monitor.access.AccessSettings.TokenSettings;
import io.akrimqtt.monitor.access.RulesFile;
import io.akrimqtt.proto.monitoring.v1.CancelCommandRequest;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc.MonitoringBlockingStub;
import io.akrimqtt.proto.monitoring.v1.WatchCommandRequest;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Callers with certificates and with tokens, over TLS, against rules. */
class GuardedApiTest {

    private static final String RULES = """
            rules:
              - caller: "certificate:CN=operator*"
                commands: ["*"]
                read: true
              - caller: "token:robot"
                commands: [start]
              - caller: "token:fitter"
                commands: [stop]
              - caller: "group:viewers"
                read: true
            """;

    private final TestCertificates certificates = TestCertificates.create();
    private final ECKey key;
    private final AccessRules rules;
    private final ApiFixture api;
    private final MonitorListener listener;
    private final List<ManagedChannel> channels = new ArrayList<>();

    GuardedApiTest() throws Exception {
        key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        rules = rules(RULES);
        var tokens =
                new TokenSettings(new JWKSet(key.toPublicJWK()).toString(), "", "https://issuer", "akri-mqtt", null);
        var server = certificates.server();
        var settings = new AccessSettings(
                server.certificate(), server.key(), certificates.authority(), tokens, rules, AccessSettings.Files.NONE);
        api = new ApiFixture(Map.of("MQTT_COMMAND_TOPIC", "plant/pump-7/cmd/{command}"), rules);
        api.route.connected = false;
        listener = requireNonNull(MonitorListener.start(
                new ListenAddress.Tcp("localhost", 0), settings, api.service, InstantSource.system()));
    }

    private static AccessRules rules(String text) {
        var read = RulesFile.read("rules.yaml", text);
        assertThat(read.problems()).isEmpty();
        return read.rules();
    }

    @AfterEach
    void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        listener.close();
        api.close();
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private MonitoringBlockingStub caller(TestCertificates.@Nullable Identity identity, String token) throws Exception {
        var tls = TlsChannelCredentials.newBuilder().trustManager(stream(certificates.authority()));
        if (identity != null) {
            tls.keyManager(stream(identity.certificate()), stream(identity.key()));
        }
        var channel = NettyChannelBuilder.forAddress(
                        "localhost", ((ListenAddress.Tcp) listener.address()).port(), tls.build())
                .build();
        channels.add(channel);
        var headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        return MonitoringGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private static JWTClaimsSet.Builder claims(String subject) {
        return new JWTClaimsSet.Builder()
                .subject(subject)
                .issuer("https://issuer")
                .audience("akri-mqtt")
                .expirationTime(Date.from(Instant.parse("2100-01-01T00:00:00Z")));
    }

    private static String signed(JWTClaimsSet.Builder claims, ECKey by) throws JOSEException {
        var token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(), claims.build());
        token.sign(new ECDSASigner(by));
        return token.serialize();
    }

    private static CommandStatus invoke(MonitoringBlockingStub caller, String command) {
        return caller.invokeCommand(
                        InvokeCommandRequest.newBuilder().setCommand(command).build())
                .next();
    }

    private static void read(MonitoringBlockingStub caller) {
        assertThat(caller.getDevice(GetDeviceRequest.getDefaultInstance()).getName())
                .isEqualTo("pump-7");
    }

    @Test
    void a_certificate_may_what_its_rule_says() throws Exception {
        var operator = caller(certificates.client("operator-1"), "");

        read(operator);
        // 503: it came as far as the queue.
        assertThat(invoke(operator, "anything").getStatus()).isEqualTo(503);
    }

    @Test
    void a_token_may_what_its_rule_says_and_no_more() throws Exception {
        var robot = caller(null, signed(claims("robot"), key));

        assertThat(invoke(robot, "start").getStatus()).isEqualTo(503);
        assertThat(invoke(robot, "stop"))
                .satisfies(status -> assertThat(status.getStatus()).isEqualTo(403))
                .satisfies(status ->
                        assertThat(status.getText()).isEqualTo("the rules do not allow this caller this command"));
        assertThatThrownBy(() -> read(robot))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("PERMISSION_DENIED");
    }

    @Test
    void who_may_send_a_command_may_follow_it_and_take_it_back_and_nobody_else_but_a_reader() throws Exception {
        var robot = caller(null, signed(claims("robot"), key));
        var id = robot.submitCommand(
                        InvokeCommandRequest.newBuilder().setCommand("start").build())
                .getCommandId();
        var watch = WatchCommandRequest.newBuilder().setCommandId(id).build();
        var cancel = CancelCommandRequest.newBuilder().setCommandId(id).build();

        assertThat(robot.watchCommand(watch).next().getState()).isEqualTo(CommandState.COMMAND_STATE_QUEUED);
        var viewer = caller(null, signed(claims("ann").claim("groups", List.of("viewers")), key));
        assertThat(viewer.watchCommand(watch).next().getState()).isEqualTo(CommandState.COMMAND_STATE_QUEUED);
        var fitter = caller(null, signed(claims("fitter"), key));
        assertThatThrownBy(() -> fitter.watchCommand(watch).next()).hasMessageContaining("NOT_FOUND");
        for (var other : List.of(fitter, viewer)) {
            assertThatThrownBy(() -> other.cancelCommand(cancel)).hasMessageContaining("NOT_FOUND");
        }
        assertThat(robot.cancelCommand(cancel).getState()).isEqualTo(CommandState.COMMAND_STATE_CANCELLED);
    }

    @Test
    void every_command_asked_for_is_one_line_with_its_caller_and_what_came_of_it() throws Exception {
        try (var audit = new AuditLines()) {
            var robot = caller(null, signed(claims("robot"), key));
            invoke(robot, "start");
            invoke(robot, "stop");
            var id = robot.submitCommand(InvokeCommandRequest.newBuilder()
                            .setCommand("start")
                            .build())
                    .getCommandId();
            var cancel = CancelCommandRequest.newBuilder().setCommandId(id).build();
            var viewer = caller(null, signed(claims("ann").claim("groups", List.of("viewers")), key));
            assertThatThrownBy(() -> viewer.cancelCommand(cancel)).hasMessageContaining("NOT_FOUND");
            assertThat(robot.cancelCommand(cancel).getState()).isEqualTo(CommandState.COMMAND_STATE_CANCELLED);

            assertThat(audit.lines)
                    .containsExactly(
                            "token:robot invoke start not taken: 503",
                            "token:robot invoke stop refused",
                            "token:robot invoke start taken " + id,
                            "token:ann cancel start refused " + id,
                            "token:robot cancel start taken " + id);
        }
    }

    /** Hears what the audit log gets. */
    private static final class AuditLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        final List<String> lines = new CopyOnWriteArrayList<>();
        private final Logger logger = (Logger) LoggerFactory.getLogger("io.akrimqtt.audit");

        private final @Nullable Level before = logger.getLevel();

        AuditLines() {
            setContext(logger.getLoggerContext());
            start();
            logger.addAppender(this);
            logger.setLevel(Level.INFO);
        }

        @Override
        protected void append(ILoggingEvent event) {
            var values = event.getKeyValuePairs().stream().collect(Collectors.toMap(it -> it.key, it -> "" + it.value));
            var words = Stream.of("caller", "action", "command", "outcome", "id");
            // What is not taken has an id that nobody was told.
            var line = words.map(word -> values.getOrDefault(word, "")).collect(Collectors.joining(" "));
            lines.add(line.contains("not taken") ? line.substring(0, line.lastIndexOf(' ')) : line.strip());
        }

        @Override
        public void close() {
            logger.detachAppender(this);
            logger.setLevel(before);
            stop();
        }
    }

    @Test
    void a_certificate_counts_before_a_token() throws Exception {
        var both = caller(certificates.client("operator-1"), signed(claims("robot"), key));

        assertThat(invoke(both, "stop").getStatus()).isEqualTo(503);
    }

    @Test
    void a_group_of_a_token_counts() throws Exception {
        var viewer = caller(null, signed(claims("ann").claim("groups", List.of("viewers")), key));

        read(viewer);
        assertThat(invoke(viewer, "start").getStatus()).isEqualTo(403);
    }

    @Test
    void whom_no_rule_knows_may_nothing() throws Exception {
        var stranger = caller(null, signed(claims("stranger"), key));

        assertThatThrownBy(() -> invoke(stranger, "start")).hasMessageContaining("PERMISSION_DENIED");
        var nobody = caller(null, "");
        assertThatThrownBy(() -> invoke(nobody, "start")).hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void anyone_is_who_shows_nothing_and_never_who_shows_something_wrong() throws Exception {
        rules.renew(rules(RULES + "  - {caller: anyone, commands: [ping]}"));
        var nobody = caller(null, "");
        assertThat(invoke(nobody, "ping").getStatus()).isEqualTo(503);
        assertThat(invoke(nobody, "start").getStatus()).isEqualTo(403);

        var liar = caller(null, "garbage");
        assertThatThrownBy(() -> invoke(liar, "ping")).hasMessageContaining("UNAUTHENTICATED");
    }

    @Test
    void tokens_that_are_not_in_order_are_refused() throws Exception {
        var other = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
        var past = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
        var bad = List.of(
                "garbage",
                new PlainJWT(claims("robot").build()).serialize(),
                signed(claims("robot"), other),
                signed(claims("robot").expirationTime(past), key),
                signed(claims("robot").expirationTime(null), key),
                signed(claims("robot").audience("else"), key),
                signed(claims("robot").issuer("https://else"), key));

        for (var token : bad) {
            var caller = caller(null, token);
            assertThatThrownBy(() -> invoke(caller, "start")).hasMessageContaining("UNAUTHENTICATED");
        }
    }
}
