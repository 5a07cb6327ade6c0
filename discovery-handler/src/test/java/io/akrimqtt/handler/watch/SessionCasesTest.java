package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.presence.state.Presence;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Sessions that are resumed, lost or taken over, on real servers; the numbers are those of the cases of docs/presence.md. */
@Execution(ExecutionMode.CONCURRENT)
class SessionCasesTest {

    private static final int CHANGES = 3_000;
    private static final int DEVICES = 300;

    private final String area = TestDevice.area();
    private final String device = area + "/r7";
    private final String talker = area + "/talker";

    private Watching.Setup setup(ServerCase server, ServerUrl... urls) {
        return Watching.of(urls).topics(area + "/+/joints").protocol(server.protocol());
    }

    @EachServer
    void case_51_the_queue_of_a_resumed_session_is_history(ServerCase server) {
        try (var line = FaultProxy.before(server.url());
                var watch = setup(server, line.url()).start().connected()) {
            line.cut();
            watch.disconnected();
            try (var dead = TestDevice.connect(server.url(), talker)) {
                dead.publishes("joints", "1", false);
            }

            line.heal();

            watch.connected().heard(server.url(), area);
            watch.untilPresence(talker, Presence.UNKNOWN);
            assertThat(watch.listed(talker)).isFalse();
        }
    }

    @EachServer
    void case_53_three_thousand_changes_while_away_end_in_the_right_states(ServerCase server) throws Exception {
        try (var line = FaultProxy.before(server.url());
                var watch = setup(server, line.url()).start().connected()) {
            RetainedFloodTest.publishRetained(server.url(), area, DEVICES, "online");
            watch.until(() -> assertThat(watch.current().devices()).hasSize(DEVICES));
            line.cut();
            watch.disconnected();
            for (int change = DEVICES; change < CHANGES; change += DEVICES) {
                var word = change / DEVICES % 2 == 1 ? "offline" : "online";
                RetainedFloodTest.publishRetained(server.url(), area, DEVICES, word);
            }
            RetainedFloodTest.publishRetained(server.url(), area, DEVICES / 2, "online");

            line.heal();

            watch.until(() -> assertThat(
                            watch.current().devices().stream().filter(each -> each.presence() == Presence.OFFLINE))
                    .hasSize(DEVICES / 2));
            assertThat(watch.current().devices().stream()
                            .filter(TrackedDevice::listed)
                            .map(TrackedDevice::name)
                            .map(name -> Integer.parseInt(name.substring(1))))
                    .hasSize(DEVICES / 2)
                    .allMatch(number -> number < DEVICES / 2);
        }
    }

    @EachServer
    void case_55_a_lost_session_drops_nobody_and_what_is_not_retained_any_more_is_unknown(ServerCase server) {
        try (var line = FaultProxy.before(server.url());
                var kept = TestDevice.connect(server.url(), device).isBorn();
                var wiped = TestDevice.connect(server.url(), area + "/wiped").isBorn();
                var watch = setup(server, line.url()).start().connected();
                var intruder = RawDevice.of(server.url(), watch.liveId(), area + "/wiped")) {
            watch.untilPresence(device, Presence.ONLINE).untilPresence(area + "/wiped", Presence.ONLINE);
            line.cut();
            watch.disconnected();
            wiped.publishes("status", "", true);
            intruder.connectsAnew().close();

            line.heal();

            watch.connected().untilPresence(area + "/wiped", Presence.UNKNOWN);
            assertThat(watch.listed(area + "/wiped")).isTrue();
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
            kept.publishes("status", "sleeping", true);
            watch.untilPresence(device, Presence.SLEEPING);
        }
    }

    @EachServer
    void case_56_subscriptions_that_a_kept_session_has_lost_are_made_again(ServerCase server) {
        try (var line = FaultProxy.before(server.url());
                var watch = setup(server, line.url()).start().connected();
                var intruder = RawDevice.of(server.url(), watch.liveId(), area)) {
            line.cut();
            watch.disconnected();
            intruder.resumes().unsubscribes(area + "/+/joints").close();

            line.heal();

            watch.connected().heard(server.url(), area);
        }
    }

    @EachServer
    void case_57_nothing_of_a_resumed_session_is_lost_when_the_handler_starts_again(ServerCase server) {
        setup(server, server.url()).start().connected().close();
        int count = 200;
        try (var other = TestDevice.connect(server.url(), area)) {
            for (int i = 0; i < count; i++) {
                other.publishes("n" + i + "/joints", "1", false);
            }
        }

        try (var watch = setup(server, server.url()).start().connected()) {
            watch.until(() -> assertThat(watch.current().devices()).hasSize(count));
            assertThat(watch.current().devices()).allMatch(each -> each.presence() == Presence.UNKNOWN);
        }
    }

    @EachServer
    void case_59_a_server_that_is_away_for_long_makes_its_devices_unknown_and_nothing_else(ServerCase server) {
        var rules = Watching.RULES.withServerGrace(Duration.ofSeconds(1));
        try (var second = MosquittoServer.start();
                var line = FaultProxy.before(server.url());
                var watch = setup(server, line.url(), second.url())
                        .rules(rules)
                        .start()
                        .connected();
                var robot = TestDevice.connect(server.url(), device).isBorn();
                var other = TestDevice.connect(second.url(), talker).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE).untilPresence(talker, Presence.ONLINE);

            line.cut();

            watch.untilPresence(device, Presence.UNKNOWN);
            assertThat(watch.listed(device)).isTrue();
            line.heal();
            watch.connected().untilPresence(device, Presence.ONLINE);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE, Presence.UNKNOWN, Presence.ONLINE);
            assertThat(watch.story(talker)).containsExactly(Presence.ONLINE);
            assertThat(robot).isNotSameAs(other);
        }
    }

    @EachServer
    void a_dead_line_that_swallows_everything_holds_the_list_and_hides_nothing_for_ever(ServerCase server) {
        try (var line = FaultProxy.before(server.url());
                var watch = setup(server, line.url()).start().connected();
                var robot = TestDevice.connect(server.url(), device).isBorn();
                var dying = TestDevice.connect(server.url(), talker).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE).untilPresence(talker, Presence.ONLINE);

            line.blackHole();
            dying.dies();
            watch.graceOfOthersIsOver(server.url(), area);
            assertThat(watch.story(talker)).containsExactly(Presence.ONLINE);
            line.heal();

            watch.untilPresence(talker, Presence.OFFLINE);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
            assertThat(robot).isNotNull();
        }
    }

    @EachServer
    void case_60_servers_that_are_not_there_or_not_what_they_should_be_harm_nobody(ServerCase server) {
        var nobody = ServerUrl.parse("tcp://localhost:1");
        var noTls = ServerUrl.parse("ssl://localhost:" + server.url().port());
        try (var line = FaultProxy.before(server.url())) {
            line.cut();
            try (var watch = setup(server, nobody, noTls, line.url(), server.url())
                            .start()
                            .settled();
                    var robot = TestDevice.connect(server.url(), device).isBorn()) {
                watch.untilPresence(device, Presence.ONLINE).graceIsOver(server.url(), area);

                var away = watch.current().servers().subList(0, 3);
                assertThat(away).noneMatch(WatchSnapshot.ServerHealth::connected);
                assertThat(away).noneMatch(health -> health.problem().isEmpty());
                assertThat(line.accepted()).isLessThan(20);
                assertThat(robot).isNotNull();
            }
        }
    }

    @EachServer
    void case_61_two_names_of_one_server_show_each_device_once(ServerCase server) {
        try (var line = FaultProxy.before(server.url());
                var watch = setup(server, server.url(), line.url()).start().connected();
                var robot = TestDevice.connect(server.url(), device).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE);
            assertThat(watch.current().devices()).hasSize(1);

            robot.dies();

            watch.untilPresence(device, Presence.OFFLINE);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE, Presence.OFFLINE);
        }
    }

    @EachServer
    void case_64_a_second_tracker_with_our_client_id_is_told_and_everything_is_held(ServerCase server) {
        try (var robot = TestDevice.connect(server.url(), device).isBorn();
                var one = setup(server, server.url()).start().connected()) {
            one.untilPresence(device, Presence.ONLINE);
            try (var other = setup(server, server.url()).start()) {
                one.until(
                        () -> assertThat(one.health().problem() + other.health().problem())
                                .contains("another client connects with our client id '" + one.liveId() + "'"));

                one.until(() -> assertThat(other.listed(device)).isTrue());
                one.graceOfOthersIsOver(server.url(), area);
                assertThat(one.story(device)).containsExactly(Presence.ONLINE);
                assertThat(one.health().problem() + other.health().problem()).contains("another client");
                assertThat(robot).isNotNull();
            }
        }
    }
}
