package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.presence.state.Presence;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code connection} and {@code credentials} say is what Mosquitto sees, in the words of its log. */
@Execution(ExecutionMode.CONCURRENT)
class ConfiguredConnectionTest {

    private static final String TOPICS = "topics: [robots/+/joints]\n";

    private static Watching watch(MosquittoServer server, String rest) {
        return Watching.configured("serverUrls: " + server.url() + "\n" + TOPICS + rest, Map.of())
                .connected();
    }

    @Test
    void where_nothing_is_written_it_is_mqtt_5_with_a_session_and_a_known_client_id() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, "")) {
            assertThat(watch.liveId()).matches("akri-mqtt-[0-9a-f]{10}");
            assertThat(server.log())
                    .contains("as " + watch.liveId() + " (p5, c0, k30")
                    .contains("as " + watch.liveId() + "-s (p5, c1, k30")
                    .contains("robots/+/joints (QoS 1)");
        }
    }

    @Test
    void all_that_is_written_is_done() {
        try (var server = MosquittoServer.start();
                var watch = watch(
                        server,
                        "connection: {protocol: 3.1.1, qos: 2, keepAlive: 7s, sessionExpiry: 0, clientIdPrefix: plant7}")) {
            assertThat(watch.liveId()).matches("plant7[0-9a-f]{10}");
            assertThat(server.log())
                    .contains("as " + watch.liveId() + " (p2, c1, k7")
                    .contains("as " + watch.liveId() + "s (p2, c1, k7")
                    .contains("robots/+/joints (QoS 2)");
        }
    }

    @Test
    void the_longest_prefix_for_mqtt_3_1_1_makes_ids_that_every_server_takes() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, "connection: {protocol: 3.1.1, clientIdPrefix: twelveletter}")) {
            assertThat(watch.liveId() + "s").matches("[0-9A-Za-z]{23}");
        }
    }

    @Test
    void any_prefix_that_is_accepted_makes_a_client_id_that_works() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, "connection: {protocol: 5, clientIdPrefix: '{!$~\"}'}")) {
            assertThat(server.log()).contains("as " + watch.liveId() + " (p5");
            assertThat(watch.liveId()).startsWith("{!$~\"}-");
        }
    }

    @Test
    void without_a_session_what_died_while_we_were_away_is_read_from_what_is_retained() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, "connection: {sessionExpiry: 0}\npresence: {offlineGrace: 1s}");
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            watch.untilPresence("robots/r7", Presence.ONLINE);

            server.stop();
            server.startAgain();
            robot.isBack().isBorn().publishes("status", "offline", true);

            watch.connected().untilPresence("robots/r7", Presence.OFFLINE);
        }
    }

    @Test
    void each_server_gets_the_credentials_that_are_named_for_it() {
        try (var a = MosquittoServer.options().user("ann", "1").start();
                var b = MosquittoServer.options().user("bob", "2").start()) {
            var details = "serverUrls: [%s, {url: %s, credentials: plant_b}]\n".formatted(a.url(), b.url()) + TOPICS;
            var both = Map.of(
                    "mqtt_username", "ann",
                    "mqtt_password", "1",
                    "plant_b_username", "bob",
                    "plant_b_password", "2");
            try (var watch = Watching.configured(details, both).connected()) {
                assertThat(a.log()).contains("as " + watch.liveId() + " (p5, c0, k30, u'ann')");
                assertThat(b.log()).contains("u'bob'").doesNotContain("u'ann'");
            }
        }
    }

    @Test
    void a_server_whose_credentials_are_missing_gets_none_of_another() {
        try (var server = MosquittoServer.options().user("ann", "1").start()) {
            var details = "serverUrls: [{url: %s, credentials: plant_b}]\n".formatted(server.url()) + TOPICS;
            var properties = Map.of("mqtt_username", "ann", "mqtt_password", "1");
            try (var watch = Watching.configured(details, properties).settled()) {
                assertThat(watch.health().connected()).isFalse();
                assertThat(watch.health().problem()).isNotEmpty();
                assertThat(server.log()).doesNotContain("u'ann'");
            }
        }
    }
}
