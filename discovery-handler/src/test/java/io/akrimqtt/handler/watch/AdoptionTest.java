package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.presence.state.Presence;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Devices that Akri has, and the watch does not know. */
@Execution(ExecutionMode.CONCURRENT)
class AdoptionTest {

    @SuppressWarnings("NullAway.Init") // Set before all tests.
    private static MosquittoServer server;

    private final String area = TestDevice.area();
    private final String device = area + "/r7";

    @BeforeAll
    static void start() {
        server = MosquittoServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private Watching watch(Duration silence) {
        return Watching.of(server.url())
                .topics(area + "/+/joints")
                .rules(Watching.RULES.withSilenceTimeout(silence))
                .start()
                .connected();
    }

    private static int refused(Watching watch, String... devices) {
        return watch.watch()
                .adopt(Set.of(devices))
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
    }

    @Test
    void are_listed_at_once_with_their_presence_unknown() {
        try (var watch = watch(Duration.ofMinutes(1))) {
            assertThat(refused(watch, device)).isZero();

            var adopted = watch.device(device).orElseThrow();
            assertThat(adopted.listed()).isTrue();
            assertThat(adopted.presence()).isEqualTo(Presence.UNKNOWN);
            assertThat(adopted.filters()).containsExactly(device + "/joints");
            assertThat(adopted.evidence().text()).contains("akri has an instance of it");
        }
    }

    @Test
    void are_refused_where_the_details_could_not_have_led_to_them() {
        var own = "serverUrls: " + server.url() + "\ntopics: ['" + area + "/+/joints', '+/joints']\n"
                + "devices: {action: Exclude, items: ['*bad*']}\n";
        try (var watch = Watching.configured(own, Map.of())) {
            assertThat(refused(
                            watch, "other/r7", device + "/joints", area, area + "/+", "", area + "/bad7", "akri-mqtt"))
                    .isEqualTo(6);
            assertThat(watch.current().devices()).extracting(TrackedDevice::id).containsExactly(area);
        }
    }

    @Test
    void are_refused_beyond_the_limit_of_devices() {
        try (var watch = Watching.of(server.url())
                .topics(area + "/+/joints")
                .maxDevices(2)
                .start()) {
            assertThat(refused(watch, device, device + "b", device + "c")).isEqualTo(1);
            assertThat(watch.current().devices()).hasSize(2);
        }
    }

    @Test
    void are_let_go_when_nothing_came_for_as_long_as_one_that_exists_stays_unknown_and_never_adopted_again() {
        try (var watch = watch(Duration.ofSeconds(1))) {
            refused(watch, device);

            watch.until(() -> assertThat(watch.device(device)).isEmpty());

            refused(watch, device);
            assertThat(watch.device(device)).isEmpty();
        }
    }

    @Test
    void are_kept_while_an_mqtt_server_is_away() {
        try (var own = MosquittoServer.start();
                var watch = Watching.of(own.url())
                        .topics(area + "/+/joints")
                        .rules(Watching.RULES.withSilenceTimeout(Duration.ofSeconds(1)))
                        .start()
                        .connected()) {
            own.stop();
            watch.disconnected();
            refused(watch, device);

            watch.during(
                    Duration.ofSeconds(3),
                    () -> assertThat(watch.listed(device)).isTrue());
        }
    }

    @Test
    void go_by_evidence_as_soon_as_there_is_some() {
        try (var watch = watch(Duration.ofMinutes(1));
                var robot = TestDevice.connect(server.url(), device)) {
            refused(watch, device, device + "b");

            robot.publishes("joints", "1", false);
            watch.untilPresence(device, Presence.ONLINE);
            robot.dies();
            watch.untilPresence(device, Presence.OFFLINE);

            assertThat(watch.listed(device)).isFalse();
            assertThat(watch.listed(device + "b")).isTrue();
        }
    }

    @Test
    void that_are_merely_named_by_a_retained_message_are_listed_though_the_watch_alone_would_not() {
        try (var robot = TestDevice.connect(server.url(), device).publishes("joints", "1", true);
                var watch = watch(Duration.ofMinutes(1))) {
            assertThat(robot).isNotNull();
            watch.untilPresence(device, Presence.UNKNOWN);
            assertThat(watch.listed(device)).isFalse();

            refused(watch, device);

            assertThat(watch.listed(device)).isTrue();
        }
    }

    @Nested
    class Groups {

        private Watching watch(String silence) {
            return Watching.configured(
                    "serverUrls: " + server.url() + "\ntopics: '" + area + "/{line}/{device}/#'\n"
                            + "presence: {silenceTimeout: " + silence + ", offlineGrace: 1s, settle: 300ms}\n"
                            + "group: line\n",
                    Map.of());
        }

        private Set<String> adopted(Watching watch) {
            return watch.current().adopted().keySet();
        }

        @Test
        void are_adopted_in_place_of_devices() {
            try (var watch = watch("1m")) {
                assertThat(refused(watch, area + "/l1", area + "/l1/a", area, "other/l1", area + "/+"))
                        .isEqualTo(4);

                assertThat(adopted(watch)).containsExactly(area + "/l1");
                assertThat(watch.current().devices()).as("none is made up").isEmpty();
                assertThat(watch.current().adopted().values())
                        .allSatisfy(each -> assertThat(each.text()).contains("akri has an instance of it"));
            }
        }

        @Test
        void are_over_once_a_device_of_theirs_is_listed_and_not_when_one_is_merely_offline() {
            try (var watch = watch("1m").connected();
                    var robot = TestDevice.connect(server.url(), area + "/l1/a");
                    var other = TestDevice.connect(server.url(), area + "/l2/a")) {
                refused(watch, area + "/l1", area + "/l2");

                other.publishes("status", "offline", true);
                watch.untilPresence(area + "/l2/a", Presence.OFFLINE);
                robot.publishes("joints", "1", false);
                watch.untilPresence(area + "/l1/a", Presence.ONLINE);

                watch.until(() -> assertThat(adopted(watch)).containsExactly(area + "/l2"));
            }
        }

        @Test
        void that_have_a_listed_device_already_need_no_adoption() {
            try (var watch = watch("1m").connected();
                    var robot = TestDevice.connect(server.url(), area + "/l1/a").publishes("joints", "1", false)) {
                assertThat(robot).isNotNull();
                watch.untilPresence(area + "/l1/a", Presence.ONLINE);

                assertThat(refused(watch, area + "/l1")).isZero();

                assertThat(adopted(watch)).isEmpty();
            }
        }

        @Test
        void are_let_go_when_nothing_came_in_their_time() {
            try (var watch = watch("10s").connected()) {
                refused(watch, area + "/l1");
                assertThat(adopted(watch)).hasSize(1);

                watch.until(() -> assertThat(adopted(watch)).isEmpty());
            }
        }
    }
}
