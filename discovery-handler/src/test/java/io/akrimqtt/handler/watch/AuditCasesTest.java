package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceRules;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What audits find, and what they must not make of it, on real servers. */
@Execution(ExecutionMode.CONCURRENT)
class AuditCasesTest {

    private static final Duration OFTEN = Duration.ofMillis(500);

    private final String area = TestDevice.area();
    private final String device = area + "/r7";

    private Watching.Setup setup(ServerCase server) {
        return Watching.of(server.url())
                .topics(area + "/+/joints")
                .protocol(server.protocol())
                .audit(OFTEN);
    }

    @EachServer
    void an_offline_word_that_the_server_dropped_is_found_by_an_audit(ServerCase server) {
        ClientFactory deaf =
                (url, credentials, tls, session) -> session.clientId().endsWith("-s")
                        ? MqttPubSubClient.create(url, credentials, tls, session)
                        : new DeafClient(MqttPubSubClient.create(url, credentials, tls, session), "offline");
        try (var robot = TestDevice.connect(server.url(), device).isBorn();
                var watch = setup(server).clients(deaf).start().connected()) {
            watch.untilPresence(device, Presence.ONLINE);

            robot.dies();

            watch.untilPresence(device, Presence.OFFLINE);
            assertThat(watch.device(device).orElseThrow().evidence().kind()).isEqualTo(Evidence.Kind.RETAINED_STATUS);
        }
    }

    @EachServer
    void case_66_a_retained_status_that_expires_makes_unknown_and_never_offline_by_itself(ServerCase server) {
        try (var robot = RawDevice.of(server.url(), "device-" + area, device);
                var kept = TestDevice.connect(server.url(), area + "/kept").isBorn()) {
            robot.connectsAnew();
            try (var watch = setup(server).start().connected()) {
                // It may expire before a busy server hands it on.
                watch.until(() -> {
                    if (watch.story(device).isEmpty()) {
                        robot.publishes("status", "online", true, 2);
                    }
                    assertThat(watch.story(device)).startsWith(Presence.ONLINE);
                });

                watch.untilPresence(device, Presence.UNKNOWN);

                assertThat(watch.story(device)).containsExactly(Presence.ONLINE, Presence.UNKNOWN);
                assertThat(watch.listed(device)).isTrue();
                assertThat(watch.story(area + "/kept")).containsExactly(Presence.ONLINE);
                assertThat(kept).isNotNull();
            }
        }
    }

    @EachServer
    void case_67_passes_that_come_up_short_remove_nothing(ServerCase server) {
        var passes = new AtomicInteger();
        // Every other reading lacks the device, as where a server's queue overflows.
        ClientFactory lossy = (url, credentials, tls, session) -> {
            var real = MqttPubSubClient.create(url, credentials, tls, session);
            boolean loses = session.clientId().endsWith("-s") && passes.getAndIncrement() % 2 == 1;
            return loses ? new DeafClient(real, "online") : real;
        };
        try (var robot = TestDevice.connect(server.url(), device).isBorn();
                var watch = setup(server).clients(lossy).start().connected()) {
            watch.untilPresence(device, Presence.ONLINE);

            watch.until(() -> assertThat(passes.get()).isGreaterThan(16));

            assertThat(watch.story(device)).containsExactly(Presence.ONLINE);
            robot.publishes("status", "", true);
            watch.until(() -> assertThat(watch.device(device)).isEmpty());
        }
    }

    @EachServer
    void case_84_retained_telemetry_lists_only_where_that_is_asked_for(ServerCase server) {
        try (var ghost = TestDevice.connect(server.url(), device).publishes("joints", "1", true);
                var careful = setup(server).start().connected();
                var trusting = setup(server)
                        .node("node-b")
                        .rules(Watching.RULES.with(PresenceRules.Retained.ALIVE))
                        .start()
                        .connected()) {
            careful.untilPresence(device, Presence.UNKNOWN);
            assertThat(careful.listed(device)).isFalse();
            trusting.untilPresence(device, Presence.ONLINE);

            ghost.publishes("joints", "2", false);
            careful.untilPresence(device, Presence.ONLINE);
        }
    }

    @EachServer
    void audits_go_on_after_a_reconnect(ServerCase server) {
        var readings = new AtomicInteger();
        ClientFactory counting = (url, credentials, tls, session) -> {
            readings.addAndGet(session.clientId().endsWith("-s") ? 1 : 0);
            return MqttPubSubClient.create(url, credentials, tls, session);
        };
        try (var line = FaultProxy.before(server.url());
                var watch = Watching.of(line.url())
                        .topics(area + "/+/joints")
                        .protocol(server.protocol())
                        .audit(OFTEN)
                        .clients(counting)
                        .start()
                        .connected()) {
            line.cut();
            watch.disconnected();
            line.heal();
            watch.connected();
            int before = readings.get();

            watch.until(() -> assertThat(readings.get()).isGreaterThan(before + 6));
        }
    }
}
