package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FaultProxy;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.HiveMqServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.presence.state.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What servers do that are stopped, refuse, or lack something: each test has its own. */
@Execution(ExecutionMode.CONCURRENT)
class OwnServerCasesTest {

    private static final Path PLUGIN = Path.of("/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so");
    private static final String ROBOT = "robots/r7";

    @TempDir
    private Path folder;

    private static Watching.Setup setup(ServerUrl url, ProtocolVersion protocol) {
        return Watching.of(url).topics("robots/+/joints").protocol(protocol);
    }

    @ParameterizedTest
    @EnumSource
    void case_50_a_mosquitto_that_sends_all_wills_at_its_end_evicts_nobody_who_comes_back(ProtocolVersion protocol) {
        try (var server = MosquittoServer.start();
                var line = FaultProxy.before(server.url());
                var watch = setup(line.url(), protocol).start().connected();
                var robot = TestDevice.connect(server.url(), ROBOT).isBorn()) {
            watch.untilPresence(ROBOT, Presence.ONLINE);

            server.stop();
            watch.disconnected();
            // Whoever is not back within the grace is gone: we come last.
            line.cut();
            server.startAgain();
            robot.isBack().isBorn();
            line.heal();

            watch.connected().graceIsOver(server.url(), "robots");
            assertThat(watch.story(ROBOT)).doesNotContain(Presence.OFFLINE);
            assertThat(watch.listed(ROBOT)).isTrue();
        }
    }

    @Test
    void case_50_a_hivemq_that_is_stopped_and_forgets_all_evicts_nobody() {
        int port = FreePort.find();
        try (var line = FaultProxy.before(ServerUrl.parse("tcp://localhost:" + port));
                var watch = setup(line.url(), ProtocolVersion.MQTT_5).start()) {
            TestDevice robot;
            try (var server = HiveMqServer.startOn(port)) {
                robot = TestDevice.connect(server.url(), ROBOT).isBorn();
                watch.connected().untilPresence(ROBOT, Presence.ONLINE);
            }
            watch.disconnected();
            assertThat(watch.listed(ROBOT)).isTrue();

            line.cut();
            try (robot;
                    var server = HiveMqServer.startOn(port)) {
                robot.isBack().isBorn();
                line.heal();
                watch.connected().graceIsOver(server.url(), "robots");

                assertThat(watch.story(ROBOT)).doesNotContain(Presence.OFFLINE);
                assertThat(watch.listed(ROBOT)).isTrue();
            }
        }
    }

    /** Everybody may do everything, the operator too. */
    private MosquittoServer changeable() throws IOException {
        Assumptions.assumeTrue(Files.exists(PLUGIN), "Mosquitto's dynamic security plugin is not where Debian has it");
        var rights = Files.writeString(folder.resolve("rights.json"), """
                {"defaultACLAccess": {
                   "publishClientSend": true, "publishClientReceive": true, "subscribe": true, "unsubscribe": true},
                 "clients": [], "anonymousGroup": "all",
                 "groups": [{"groupname": "all", "roles": [{"rolename": "all"}]}],
                 "roles": [{"rolename": "all", "acls": [
                   {"acltype": "publishClientSend", "topic": "$CONTROL/#", "priority": 1, "allow": true}]}]}
                """);
        return MosquittoServer.options()
                .line("plugin " + PLUGIN)
                .line("plugin_opt_config_file " + rights)
                .start();
    }

    private static void command(MosquittoServer server, String command, String more) {
        try (var operator = TestDevice.connect(server.url(), "$CONTROL/dynamic-security", session -> session)) {
            operator.publishes("v1", """
                    {"commands": [{"command": "%s", "rolename": "all", "acltype": "subscribePattern",
                     "topic": "robots/#"%s}]}
                    """.formatted(command, more), false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void case_56_devices_whose_filters_are_refused_are_unknown_until_they_are_granted(ProtocolVersion protocol)
            throws IOException {
        try (var server = changeable();
                var line = FaultProxy.before(server.url());
                var watch = Watching.of(line.url())
                        .topics("robots/+/joints", "cranes/+/joints")
                        .protocol(protocol)
                        .audit(Duration.ofSeconds(1))
                        .start()
                        .connected();
                var robot = TestDevice.connect(server.url(), ROBOT).isBorn();
                var crane = TestDevice.connect(server.url(), "cranes/c1").isBorn()) {
            watch.untilPresence(ROBOT, Presence.ONLINE).untilPresence("cranes/c1", Presence.ONLINE);

            command(server, "addRoleACL", ", \"allow\": false, \"priority\": 1");
            line.drop();

            watch.until(() -> assertThat(watch.health().subscriptionProblems())
                    .hasSize(8)
                    .allMatch(each -> each.contains("robots/+/") && each.contains("refused")));
            watch.untilPresence(ROBOT, Presence.UNKNOWN);
            assertThat(watch.listed(ROBOT)).isTrue();
            assertThat(watch.story("cranes/c1")).containsExactly(Presence.ONLINE);

            command(server, "removeRoleACL", "");

            watch.untilPresence(ROBOT, Presence.ONLINE);
            watch.until(() -> assertThat(watch.health().subscriptionProblems()).isEmpty());
            robot.publishes("status", "sleeping", true);
            watch.untilPresence(ROBOT, Presence.SLEEPING);
            assertThat(crane).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void case_56_filters_that_are_refused_are_named_and_asked_for_again_with_each_audit(ProtocolVersion protocol)
            throws IOException {
        try (var server = changeable();
                var robot = TestDevice.connect(server.url(), ROBOT)) {
            command(server, "addRoleACL", ", \"allow\": false, \"priority\": 1");
            try (var watch = Watching.of(server.url())
                    .topics("robots/+/joints", "cranes/+/joints")
                    .protocol(protocol)
                    .audit(Duration.ofSeconds(1))
                    .start()
                    .connected()) {
                assertThat(watch.health().subscriptionProblems())
                        .hasSize(8)
                        .allMatch(each -> each.contains("robots/+/") && each.contains("refused"));

                command(server, "removeRoleACL", "");

                watch.until(
                        () -> assertThat(watch.health().subscriptionProblems()).isEmpty());
                robot.isBorn();
                watch.untilPresence(ROBOT, Presence.ONLINE);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void case_65_a_server_without_retained_messages_is_watched_by_what_is_live(ProtocolVersion protocol) {
        var will = TestDevice.will(ROBOT + "/status", "offline", false);
        try (var server =
                        MosquittoServer.options().line("retain_available false").start();
                var watch = setup(server.url(), protocol).start().connected();
                var robot = TestDevice.connect(server.url(), ROBOT, will)) {
            boolean told = protocol == ProtocolVersion.MQTT_5;
            assertThat(watch.health().subscriptionProblems()).hasSize(told ? 1 : 0);
            assertThat(String.join("", watch.health().subscriptionProblems()))
                    .contains(told ? "keeps no retained messages" : "");
            robot.publishes("status", "online", false);
            watch.untilPresence(ROBOT, Presence.ONLINE);

            robot.dies();

            watch.untilPresence(ROBOT, Presence.OFFLINE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void case_85_credentials_that_are_revoked_hold_the_list_and_make_nobody_offline(ProtocolVersion protocol) {
        int port = FreePort.find();
        var rules = Watching.RULES.withServerGrace(Duration.ofSeconds(1));
        try (var watch = setup(ServerUrl.parse("tcp://localhost:" + port), protocol)
                .rules(rules)
                .user("handler", "right")
                .start()) {
            try (var server = with(port, "right")) {
                watch.connected();
                untilOnline(watch, server);
            }
            try (var server = with(port, "other")) {
                watch.until(() -> assertThat(watch.health().problem()).contains("refused"));
                assertThat(server.log()).isNotEmpty();
                watch.untilPresence(ROBOT, Presence.UNKNOWN);
                assertThat(watch.listed(ROBOT)).isTrue();
            }
            try (var server = with(port, "right")) {
                watch.connected();
                untilOnline(watch, server);
                assertThat(watch.story(ROBOT)).doesNotContain(Presence.OFFLINE);
            }
        }
    }

    private static MosquittoServer with(int port, String password) {
        return MosquittoServer.options()
                .port(port)
                .user("handler", password)
                .user("robot", "robot")
                .start();
    }

    /** Says so until it is believed: what comes before the subscriptions are there is lost. */
    private static void untilOnline(Watching watch, MosquittoServer server) {
        watch.until(() -> {
            try (var robot = RawDevice.of(server.url(), "robot", ROBOT)) {
                robot.connectsAs("robot", "robot").publishes("status", "online", false, 0);
            }
            assertThat(watch.device(ROBOT).map(TrackedDevice::presence)).contains(Presence.ONLINE);
        });
    }
}
