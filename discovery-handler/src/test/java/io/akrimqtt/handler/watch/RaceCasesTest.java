package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.presence.state.Presence;
import java.time.Duration;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Races between births and Last Wills, on real servers; the numbers are those of the cases of docs/presence.md. */
@Execution(ExecutionMode.CONCURRENT)
class RaceCasesTest {

    private final String area = TestDevice.area();
    private final String device = area + "/r7";

    private Watching.Setup setup(ServerCase server) {
        return Watching.of(server.url()).topics(area + "/+/joints").protocol(server.protocol());
    }

    private Watching watch(ServerCase server) {
        return setup(server).start().connected();
    }

    @EachServer
    void case_1_a_will_that_a_birth_has_overtaken_changes_nothing(ServerCase server) {
        ClientFactory overtaking = (url, credentials, tls, session) ->
                new OvertakingClient(MqttPubSubClient.create(url, credentials, tls, session));
        try (var watch = setup(server).clients(overtaking).start().connected();
                var robot = TestDevice.connect(server.url(), device)) {
            robot.publishes("status", "online", true, QualityOfService.AT_MOST_ONCE);
            watch.untilPresence(device, Presence.ONLINE);

            robot.dies();
            robot.isBack().publishes("status", "online", true, QualityOfService.AT_MOST_ONCE);

            watch.until(() -> assertThat(watch.count("late_will")).isEqualTo(1));
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
            assertThat(watch.listed(device)).isTrue();
        }
    }

    @EachServer
    void case_2_a_device_that_stays_away_is_unlisted_once(ServerCase server) {
        try (var watch = watch(server);
                var robot = TestDevice.connect(server.url(), device)) {
            robot.publishes("status", "online", true, QualityOfService.AT_MOST_ONCE);
            watch.untilPresence(device, Presence.ONLINE);

            robot.dies();

            watch.untilPresence(device, Presence.OFFLINE);
            watch.graceIsOver(server.url(), area);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE, Presence.OFFLINE);
            assertThat(watch.listed(device)).isFalse();
        }
    }

    @EachServer
    void case_3_a_device_that_takes_its_own_session_over_was_online_throughout(ServerCase server) {
        var session = SessionOptions.persistent("device-" + area, Duration.ofHours(1))
                .withProtocol(server.protocol())
                .withWill(TestDevice.will(device + "/status", "offline", true));
        try (var watch = setup(server).rules(Watching.PATIENT).start().connected();
                var before =
                        TestDevice.connect(server.url(), device, _ -> session).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE);

            before.hangs();
            try (var after =
                    TestDevice.connect(server.url(), device, _ -> session).isBorn()) {
                watch.graceIsOver(server.url(), area);

                assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
                assertThat(after).isNotNull();
            }
        }
    }

    @EachServer
    void case_4_a_device_that_is_back_before_its_delayed_will_was_never_offline(ServerCase server) {
        try (var watch = watch(server);
                var line = FaultProxy.before(server.url());
                var robot = RawDevice.of(line.url(), "device-" + area, device)) {
            robot.connectsWithWill(30).isBorn();
            watch.untilPresence(device, Presence.ONLINE);

            line.cut();
            watch.graceIsOver(server.url(), area);
            try (var again = RawDevice.of(server.url(), "device-" + area, device)) {
                again.connectsWithWill(30).isBorn();
                watch.graceIsOver(server.url(), area);
            }

            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
        }
    }

    @EachServer
    void case_5_a_will_that_is_not_retained_is_missed_by_who_is_away_and_doubted_with_the_session(ServerCase server) {
        var will = TestDevice.will(device + "/status", "offline", false);
        var rules = Watching.RULES.withProbation(Duration.ofSeconds(2));
        try (var line = FaultProxy.before(server.url());
                var watch = Watching.of(line.url())
                        .topics(area + "/+/joints")
                        .protocol(server.protocol())
                        .rules(rules)
                        .start()
                        .connected();
                var robot = TestDevice.connect(server.url(), device, will).isBorn();
                var intruder = RawDevice.of(server.url(), watch.liveId(), area)) {
            watch.untilPresence(device, Presence.ONLINE);
            line.cut();
            watch.disconnected();
            robot.dies();
            // Whatever the session had queued is gone with it.
            intruder.connectsAnew().close();

            line.heal();

            watch.connected();
            watch.untilPresence(device, Presence.UNKNOWN);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE, Presence.UNKNOWN);
            assertThat(watch.listed(device)).isTrue();
        }
    }

    @EachServer
    void case_6_a_clean_end_without_a_word_is_noticed_by_silence_where_it_is_written(ServerCase server) {
        try (var silent = setup(server)
                        .node("node-b")
                        .rules(Watching.RULES.withSilenceTimeout(Duration.ofSeconds(2)))
                        .start()
                        .connected();
                var watch = watch(server)) {
            TestDevice.connect(server.url(), device).isBorn().close();
            watch.untilPresence(device, Presence.ONLINE);

            silent.untilPresence(device, Presence.OFFLINE);

            watch.graceIsOver(server.url(), area);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
        }
    }

    @EachServer
    void case_7_a_stale_retained_ready_does_not_refute_a_farewell_that_was_not_retained(ServerCase server) {
        try (var robot = TestDevice.connect(server.url(), device).publishes("status", "ready", true);
                var watch = watch(server)) {
            watch.untilPresence(device, Presence.ONLINE);

            robot.publishes("status", "disconnected", false);

            watch.untilPresence(device, Presence.OFFLINE);
            watch.graceIsOver(server.url(), area);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE, Presence.OFFLINE);
            try (var later = setup(server).node("node-b").start().connected()) {
                later.untilPresence(device, Presence.ONLINE);
            }
        }
    }

    @EachServer
    void case_8_a_device_that_disconnects_with_its_will_is_offline_after_the_grace(ServerCase server) {
        try (var watch = watch(server);
                var robot = RawDevice.of(server.url(), "device-" + area, device)) {
            robot.connectsWithWill(0).isBorn();
            watch.untilPresence(device, Presence.ONLINE);

            robot.leavesWithWill();

            watch.untilPresence(device, Presence.OFFLINE);
        }
    }

    @EachServer
    void case_12_a_will_that_says_online_has_no_effect(ServerCase server) {
        try (var watch = watch(server);
                var robot =
                        TestDevice.connect(server.url(), device, TestDevice.will(device + "/status", "online", true))) {
            robot.isBorn();
            watch.untilPresence(device, Presence.ONLINE);

            robot.dies();

            watch.graceIsOver(server.url(), area);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
        }
    }

    @EachServer
    void case_13_no_order_is_assumed_between_a_will_and_a_birth_on_two_topics(ServerCase server) {
        try (var watch = setup(server).rules(Watching.PATIENT).start().connected();
                var robot =
                        TestDevice.connect(server.url(), device, TestDevice.will(device + "/LWT", "offline", true))) {
            robot.publishes("status", "online", true, QualityOfService.AT_MOST_ONCE);
            watch.untilPresence(device, Presence.ONLINE);

            robot.dies();
            robot.isBack().publishes("status", "online", true, QualityOfService.AT_MOST_ONCE);

            watch.graceIsOver(server.url(), area);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
        }
    }

    @EachServer
    void case_69_filters_that_overlap_make_no_double_changes(ServerCase server) {
        try (var watch = setup(server)
                        .topics(area + "/+/#", "+/r7/status")
                        .start()
                        .connected();
                var robot = TestDevice.connect(server.url(), device).isBorn()) {
            watch.untilPresence(device, Presence.ONLINE);
            robot.dies();

            watch.untilPresence(device, Presence.OFFLINE);
            watch.graceIsOver(server.url(), area);
            assertThat(watch.story(device)).containsExactly(Presence.ONLINE, Presence.OFFLINE);
        }
    }
}
