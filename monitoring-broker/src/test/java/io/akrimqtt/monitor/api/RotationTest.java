package io.akrimqtt.monitor.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.testing.TestCertificates;
import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.monitor.access.RulesFile;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.serving.ClientTls;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates, keys and rules change on the disk while the listener listens. */
class RotationTest {

    private static final String READ = "rules: [{caller: 'certificate:CN=operator', read: true}]";
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
        try (var connection = GrpcChannels.open(
                address, new ClientTls(by.authority(), client.certificate(), client.key(), "localhost"))) {
            var device = MonitoringGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .getDevice(GetDeviceRequest.getDefaultInstance());
            assertThat(device.getName()).isEqualTo("pump-7");
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static void awaitRead(ListenAddress address, TestCertificates by, Status.Code code) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(read(address, by)).isEqualTo(code));
    }

    @Test
    void what_is_new_counts_from_then_on_and_what_cannot_be_used_does_not() throws Exception {
        var settings = settings();
        try (var api = new ApiFixture(Map.of(), settings.rules());
                var listener = requireNonNull(MonitorListener.start(
                        new ListenAddress.Tcp("localhost", 0),
                        settings,
                        api.service,
                        InstantSource.system(),
                        Duration.ofMillis(50)))) {
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

    private void rotate(TestCertificates to) throws IOException {
        var server = to.server();
        write("key", server.key());
        write("cert", server.certificate());
        write("ca", to.authority());
    }
}
