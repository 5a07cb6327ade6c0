package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a watch does whatever the MQTT server and its version of MQTT; each test has devices of its own. */
@Execution(ExecutionMode.CONCURRENT)
class DeviceWatchTest {

    private final String area = TestDevice.area();
    private final String device = area + "/r7";

    private Watching watch(ServerCase server) {
        return watch(server, server.url());
    }

    private Watching watch(ServerCase server, ServerUrl url) {
        return Watching.of(url)
                .topics(area + "/+/joints")
                .protocol(server.protocol())
                .start();
    }

    @EachServer
    void a_device_that_publishes_is_listed(ServerCase server) {
        try (var watch = watch(server).connected();
                var robot = TestDevice.connect(server.url(), device)) {
            robot.publishes("joints", "1", false);

            watch.untilPresence(device, Presence.ONLINE);
            var tracked = watch.device(device).orElseThrow();
            assertThat(tracked.listed()).isTrue();
            assertThat(tracked.name()).isEqualTo("r7");
            assertThat(tracked.filters()).containsExactly(device + "/joints");
            assertThat(tracked.evidence().kind()).isEqualTo(Evidence.Kind.ACTIVITY);
        }
    }

    @EachServer
    void a_last_will_of_offline_counts_without_any_setting(ServerCase server) {
        try (var watch = watch(server).connected();
                var robot = TestDevice.connect(server.url(), device)) {
            robot.publishes("joints", "1", false);
            watch.untilPresence(device, Presence.ONLINE);

            robot.dies();

            watch.untilPresence(device, Presence.OFFLINE);
            assertThat(watch.listed(device)).isFalse();
            assertThat(watch.device(device).orElseThrow().evidence().topic()).isEqualTo(device + "/status");
        }
    }

    @EachServer
    void a_birth_soon_after_the_will_leaves_the_device_listed(ServerCase server) {
        try (var watch = Watching.of(server.url())
                        .topics(area + "/+/joints")
                        .protocol(server.protocol())
                        .rules(Watching.PATIENT)
                        .start()
                        .connected();
                var robot = TestDevice.connect(server.url(), device).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE);

            robot.blinks();

            watch.graceIsOver(server.url(), area);
            assertThat(watch.listed(device)).isTrue();
            assertThat(watch.device(device).orElseThrow().transitions()).hasSize(1);
        }
    }

    @EachServer
    void case_84_a_retained_status_lists_and_retained_telemetry_does_not(ServerCase server) {
        try (var robot = TestDevice.connect(server.url(), device).isBorn();
                var ghost = TestDevice.connect(server.url(), area + "/ghost")) {
            ghost.publishes("joints", "1", true);
            robot.publishes("joints", "1", true);

            try (var watch = watch(server).connected()) {
                watch.untilPresence(device, Presence.ONLINE);
                watch.untilPresence(area + "/ghost", Presence.UNKNOWN);
                assertThat(watch.listed(device)).isTrue();
                assertThat(watch.listed(area + "/ghost")).isFalse();
                assertThat(watch.device(device).orElseThrow().evidence().kind())
                        .isEqualTo(Evidence.Kind.RETAINED_STATUS);
            }
        }
    }

    @EachServer
    void a_device_is_held_while_the_line_to_the_server_is_cut(ServerCase server) {
        try (var line = FaultProxy.before(server.url());
                var watch = watch(server, line.url()).connected();
                var robot = TestDevice.connect(server.url(), device).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE);

            line.cut();
            watch.until(() ->
                    assertThat(watch.current().servers().getFirst().connected()).isFalse());
            assertThat(watch.current().servers().getFirst().problem()).isNotEmpty();
            assertThat(watch.listed(device)).isTrue();

            line.heal();
            watch.connected();
            watch.during(
                    Duration.ofSeconds(3),
                    () -> assertThat(watch.listed(device)).isTrue());
            assertThat(robot).isNotNull();
        }
    }

    @EachServer
    void a_will_that_came_while_the_line_was_cut_is_found_afterwards(ServerCase server) {
        try (var line = FaultProxy.before(server.url());
                var watch = watch(server, line.url()).connected();
                var robot = TestDevice.connect(server.url(), device).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE);
            line.cut();
            watch.until(() ->
                    assertThat(watch.current().servers().getFirst().connected()).isFalse());

            robot.dies();
            line.heal();

            watch.untilPresence(device, Presence.OFFLINE);
        }
    }

    @EachServer
    void case_51_and_57_a_handler_that_starts_again_takes_its_queue_for_history(ServerCase server) {
        try (var robot = TestDevice.connect(server.url(), device).isBorn();
                var talker = TestDevice.connect(server.url(), area + "/talker")) {
            try (var watch = watch(server).connected()) {
                watch.untilPresence(device, Presence.ONLINE);
            }

            talker.publishes("joints", "1", false);
            robot.dies();

            try (var watch = watch(server).connected()) {
                watch.untilPresence(area + "/talker", Presence.UNKNOWN);
                watch.untilPresence(device, Presence.OFFLINE);
                assertThat(watch.listed(area + "/talker")).isFalse();
                assertThat(watch.listed(device)).isFalse();

                talker.publishes("joints", "2", false);
                watch.untilPresence(area + "/talker", Presence.ONLINE);
            }
        }
    }

    @EachServer
    void a_device_that_is_taken_back_is_forgotten(ServerCase server) {
        try (var watch = watch(server).connected();
                var robot = TestDevice.connect(server.url(), device).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE);

            robot.publishes("status", "", true);

            watch.until(() -> assertThat(watch.device(device)).isEmpty());
        }
    }

    @EachServer
    void listeners_hear_of_changes_until_they_are_taken_off(ServerCase server) throws Exception {
        var calls = new AtomicInteger();
        try (var watch = watch(server).connected();
                var robot = TestDevice.connect(server.url(), device)) {
            var listening = watch.watch().onChange(calls::incrementAndGet);

            robot.publishes("joints", "1", false);
            watch.until(() -> assertThat(calls.get()).isPositive());

            listening.close();
            watch.watch().onChange(() -> {
                throw new IllegalStateException("a listener of a test");
            });
            robot.isBorn();
            watch.until(() -> assertThat(
                            watch.device(device).orElseThrow().evidence().kind())
                    .isEqualTo(Evidence.Kind.STATUS));
            robot.publishes("status", "sleeping", true);
            watch.untilPresence(device, Presence.SLEEPING);
        }
    }

    @EachServer
    void case_70_a_malformed_status_is_counted_and_harms_nothing(ServerCase server) {
        try (var watch = watch(server).connected();
                var robot = TestDevice.connect(server.url(), device)) {
            robot.publishes("status", "{\"state\":", false).publishes("status", "quack", false);

            watch.untilPresence(device, Presence.ONLINE);
            watch.until(() -> assertThat(watch.current().counters())
                    .contains(
                            new WatchSnapshot.Counter("malformed_payload", 1),
                            new WatchSnapshot.Counter("unknown_status_word", 1)));
        }
    }
}
