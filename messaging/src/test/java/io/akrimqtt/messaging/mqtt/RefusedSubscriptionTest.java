package io.akrimqtt.messaging.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedSubscriptionTest {

    private static final Path PLUGIN = Path.of("/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so");

    @TempDir
    private Path folder;

    /** Everybody may do everything but subscribe to what begins with "closed". */
    private MosquittoServer server() throws IOException {
        Assumptions.assumeTrue(Files.exists(PLUGIN), "Mosquitto's dynamic security plugin is not where Debian has it");
        var rights = Files.writeString(folder.resolve("rights.json"), """
                {"defaultACLAccess": {
                   "publishClientSend": true, "publishClientReceive": true, "subscribe": true, "unsubscribe": true},
                 "clients": [], "anonymousGroup": "all",
                 "groups": [{"groupname": "all", "roles": [{"rolename": "all"}]}],
                 "roles": [{"rolename": "all", "acls": [
                   {"acltype": "subscribePattern", "topic": "closed/#", "priority": 1, "allow": false}]}]}
                """);
        return MosquittoServer.options()
                .line("plugin " + PLUGIN)
                .line("plugin_opt_config_file " + rights)
                .start();
    }

    @ParameterizedTest
    @EnumSource
    void refusals_and_downgrades_are_told_and_the_others_work(ProtocolVersion protocol) throws IOException {
        var recorder = new Recorder();
        try (var server = server();
                var client = Recorder.client(
                        server.url(), SessionOptions.clean("rights").withProtocol(protocol))) {
            var open = client.subscribe(TopicFilter.of("open/#"), recorder);
            var closed = client.subscribe(TopicFilter.of("closed/a"), recorder);
            assertThat(open.problem()).isEmpty();
            recorder.connect(client);
            recorder.awaitSubscribed(1);

            assertThat(open.granted()).isCompleted();
            assertThat(open.problem()).isEmpty();
            assertThat(closed.granted()).isCompletedExceptionally();
            assertThat(closed.problem().orElseThrow())
                    .isEqualTo("subscription 'closed/a': the MQTT server refused it: "
                            + (protocol == ProtocolVersion.MQTT_5 ? "not authorized" : "unspecified error"));
        }
    }
}
