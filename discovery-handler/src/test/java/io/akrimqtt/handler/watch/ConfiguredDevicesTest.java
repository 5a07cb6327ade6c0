package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.presence.state.Presence;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What {@code scope}, {@code devices}, {@code publish}, {@code maxDevices}, {@code topics} and {@code presence} do to devices. */
@Execution(ExecutionMode.CONCURRENT)
class ConfiguredDevicesTest {

    private static final String TOPICS = "topics: [robots/+/joints]\npresence: {offlineGrace: 1s}\n";

    private static Watching watch(MosquittoServer server, String rest) {
        return Watching.configured("serverUrls: " + server.url() + "\n" + rest, Map.of())
                .connected();
    }

    @Test
    void case_63_equal_topics_on_two_servers_are_two_devices_with_scope_per_broker() {
        try (var a = MosquittoServer.start();
                var b = MosquittoServer.start();
                var watch = Watching.configured(
                                "scope: perBroker\nserverUrls: [{url: %s, alias: A}, {url: %s, alias: B}]\n"
                                                .formatted(a.url(), b.url())
                                        + TOPICS,
                                Map.of())
                        .connected();
                var one = TestDevice.connect(a.url(), "robots/r7").isBorn();
                var other = TestDevice.connect(b.url(), "robots/r7").isBorn()) {
            watch.untilPresence("A/robots/r7", Presence.ONLINE).untilPresence("B/robots/r7", Presence.ONLINE);
            assertThat(watch.device("A/robots/r7")).get().satisfies(device -> {
                assertThat(device.name()).isEqualTo("r7");
                assertThat(device.filters()).containsExactly("robots/r7/joints");
            });

            one.dies();

            watch.untilPresence("A/robots/r7", Presence.OFFLINE);
            assertThat(watch.device("B/robots/r7").map(TrackedDevice::presence)).contains(Presence.ONLINE);
            assertThat(watch.current().devices()).hasSize(2);
            assertThat(other).isNotNull();
        }
    }

    /** It is read again under its topic, and believed of the device with the alias. */
    @Test
    void a_farewell_is_verified_and_taken_back_with_scope_per_broker_too() {
        try (var server = MosquittoServer.start();
                var watch = Watching.configured(
                                "scope: perBroker\nserverUrls: [{url: %s, alias: A}]\n".formatted(server.url())
                                        + TOPICS,
                                Map.of())
                        .connected();
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            watch.untilPresence("A/robots/r7", Presence.ONLINE);
            robot.publishes("status", "offline", true);
            watch.untilPresence("A/robots/r7", Presence.OFFLINE);
            robot.isBorn();
            watch.untilPresence("A/robots/r7", Presence.ONLINE);
        }
    }

    @Test
    void without_a_scope_equal_topics_are_one_device() {
        try (var a = MosquittoServer.start();
                var b = MosquittoServer.start();
                var watch = Watching.configured(
                                "serverUrls: [%s, {url: %s, alias: B}]\n".formatted(a.url(), b.url()) + TOPICS,
                                Map.of())
                        .connected();
                var one = TestDevice.connect(a.url(), "robots/r7").isBorn();
                var other = TestDevice.connect(b.url(), "robots/r7").isBorn()) {
            watch.untilPresence("robots/r7", Presence.ONLINE).heard(b.url(), "robots");
            assertThat(watch.current().devices())
                    .extracting(TrackedDevice::id)
                    .contains("robots/r7")
                    .noneMatch(id -> id.startsWith("B/"));
            assertThat(one).isNotSameAs(other);
        }
    }

    @Test
    void devices_that_are_left_out_take_no_place_and_are_counted() {
        try (var server = MosquittoServer.start();
                var watch = watch(
                        server,
                        TOPICS + "maxDevices: 1\ndevices: {action: Exclude, items: ['robots/test-*', 'r?']}\n");
                var device = TestDevice.connect(server.url(), "robots/test-1").isBorn();
                var another = TestDevice.connect(server.url(), "robots/r8").isBorn();
                var wanted = TestDevice.connect(server.url(), "robots/r77").isBorn()) {
            watch.untilPresence("robots/r77", Presence.ONLINE);
            watch.until(() -> assertThat(watch.count("device_not_wanted")).isGreaterThanOrEqualTo(2));

            assertThat(watch.current().devices()).extracting(TrackedDevice::id).containsExactly("robots/r77");
            assertThat(watch.count("too_many_devices")).isZero();
            assertThat(device).isNotSameAs(another).isNotSameAs(wanted);
        }
    }

    @Test
    void more_devices_than_written_are_refused() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, TOPICS + "maxDevices: 1\n");
                var one = TestDevice.connect(server.url(), "robots/r1").isBorn()) {
            watch.untilPresence("robots/r1", Presence.ONLINE);
            try (var two = TestDevice.connect(server.url(), "robots/r2").isBorn()) {
                watch.until(() -> assertThat(watch.count("too_many_devices")).isPositive());
                assertThat(watch.current().devices()).hasSize(1);
                assertThat(one).isNotSameAs(two);
            }
        }
    }

    @Test
    void states_that_are_not_published_take_a_device_off_the_list() {
        try (var server = MosquittoServer.start();
                var watch = watch(
                        server,
                        "topics: [robots/+/joints]\npresence: {offlineGrace: 1s, brokerGrace: 0s}\npublish: {when: online}\n");
                var robot = TestDevice.connect(server.url(), "robots/r7").isBorn()) {
            watch.untilPresence("robots/r7", Presence.ONLINE);
            assertThat(watch.listed("robots/r7")).isTrue();

            robot.publishes("status", "sleeping", true);
            watch.untilPresence("robots/r7", Presence.SLEEPING);
            assertThat(watch.listed("robots/r7")).isFalse();

            robot.isBorn();
            watch.untilPresence("robots/r7", Presence.ONLINE);
            server.kill();
            watch.untilPresence("robots/r7", Presence.UNKNOWN);
            assertThat(watch.listed("robots/r7")).isFalse();
        }
    }

    @Test
    void sleep_ends_after_its_timeout() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, "topics: [robots/+/joints]\npresence: {sleepTimeout: 1s}\n");
                var robot = TestDevice.connect(server.url(), "robots/r7").publishes("status", "sleeping", true)) {
            watch.untilPresence("robots/r7", Presence.OFFLINE);
            assertThat(watch.story("robots/r7")).endsWith(Presence.SLEEPING, Presence.OFFLINE);
            assertThat(robot).isNotNull();
        }
    }

    @Test
    void what_is_retained_lists_a_device_makes_it_known_or_does_nothing_as_written() {
        try (var server = MosquittoServer.start();
                var robot = TestDevice.connect(server.url(), "robots/r7").publishes("joints", "1", true)) {
            try (var alive = watch(server, "topics: [robots/+/joints]\npresence: {retained: alive}\n");
                    var usual = watch(server, "topics: [robots/+/joints]\n");
                    var ignore = watch(server, "topics: [robots/+/joints]\npresence: {retained: ignore}\n")) {
                alive.untilPresence("robots/r7", Presence.ONLINE);
                usual.untilPresence("robots/r7", Presence.UNKNOWN);
                assertThat(alive.listed("robots/r7")).isTrue();
                assertThat(usual.listed("robots/r7")).isFalse();
                assertThat(ignore.current().devices()).isEmpty();
                assertThat(robot).isNotNull();
            }
        }
    }

    @Test
    void an_audit_as_often_as_written_finds_what_no_live_message_told() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, "topics: [robots/+/joints]\npresence: {audit: 10s}\n")
                        .within(Duration.ofMinutes(1))) {
            long before = passes(server, watch);
            watch.until(() -> assertThat(passes(server, watch)).isGreaterThan(before));
        }
    }

    private static long passes(MosquittoServer server, Watching watch) {
        return server.log()
                .lines()
                .filter(line -> line.contains("as " + watch.liveId() + "-s "))
                .count();
    }

    @Test
    void a_level_by_its_number_is_the_device() {
        try (var server = MosquittoServer.start();
                var watch = watch(server, "topics: [{topic: legacy/+/+/data, device: 2}]\n");
                var robot = TestDevice.connect(server.url(), "legacy/a/m3").publishes("data", "1", false)) {
            watch.untilPresence("legacy/a/m3", Presence.ONLINE);
            assertThat(watch.device("legacy/a/m3")).get().satisfies(device -> {
                assertThat(device.name()).isEqualTo("m3");
                assertThat(device.filters()).containsExactly("legacy/a/m3/data");
            });
            assertThat(robot).isNotNull();
        }
    }
}
