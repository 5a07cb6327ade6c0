package io.akrimqtt.presence.simulation;

import static io.akrimqtt.presence.simulation.Committed.tell;

import io.akrimqtt.presence.state.PresenceEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stories of MQTT servers: killed, stopped, away, several, with stale memories, and whole fleets on them. */
class ServerScenariosTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void a_killed_server_without_persistence_takes_nobody_down() {
        tell(Scenario.of("server-killed")
                .server("a")
                .device("r7", "a", Habits.good())
                .device("r8", "a", Habits.good())
                .watched("a")
                .starts("r7", "r8")
                .after("5 m")
                .serverIsKilled("a")
                .dies("r8")
                .after("30 s")
                .serverStarts("a")
                .after("15 m"));
    }

    @Test
    void a_killed_server_with_a_stale_disk_is_doubted() {
        tell(Scenario.of("server-killed-stale-disk")
                .persistentServer("a")
                .device("r7", "a", Habits.good())
                .device("r8", "a", Habits.good().telemetryEach(Duration.ZERO))
                .starts("r7", "r8")
                .after("1 m")
                .serverSaves("a")
                .watched("a")
                .after("5 m")
                .serverIsKilled("a")
                .dies("r8")
                .after("30 s")
                .serverStarts("a")
                .after("10 m")
                .nobodyCanKnow("r8", "it died with the server, and its retained status still says online"));
    }

    @Test
    void a_server_that_stops_in_order_sends_all_wills_and_evicts_nobody() {
        tell(Scenario.of("server-stopped-with-wills")
                .persistentServer("a")
                .fleet("r", 20, "a", Habits.good().returnsWithin(MINUTE))
                .watched("a")
                .after("5 m")
                .serverStops("a")
                .after("20 s")
                .serverStarts("a")
                .after("10 m"));
    }

    @Test
    void a_server_that_is_away_for_long_holds_its_devices() {
        tell(Scenario.of("server-away")
                .persistentServer("a")
                .device("r7", "a", Habits.good())
                .device("r8", "a", Habits.mute())
                .watched("a")
                .starts("r7", "r8")
                .after("5 m")
                .serverIsKilled("a")
                .after("10 m")
                .serverStarts("a")
                .after("15 m"));
    }

    @Test
    void what_lies_retained_since_a_year_proves_what_it_says_and_no_more() {
        tell(Scenario.of("stale-retained")
                .server("a")
                .retained("a", "robots/r7/status", "online")
                .retained("a", "robots/r8/joints", "17")
                .device("r7", "a", Habits.good())
                .device("r8", "a", Habits.mute())
                .watched("a")
                .after("1 h")
                .nobodyCanKnow("r7", "its retained status still says online"));
    }

    @Test
    void a_stale_online_is_found_where_a_silence_timeout_is_written() {
        tell(Scenario.of("stale-retained-with-heartbeat")
                .rules(rules -> rules.withSilenceTimeout(MINUTE))
                .server("a")
                .retained("a", "robots/r7/status", "online")
                .device("r7", "a", Habits.good())
                .watched("a")
                .after("5 m"));
    }

    @Test
    void a_device_on_two_servers_is_there_while_one_of_them_says_so() {
        tell(Scenario.of("two-servers")
                .server("a")
                .server("b")
                .device("r7", "a", Habits.good())
                .twin("r7-on-b", "r7", "b", Habits.good())
                .watched("a", "b")
                .starts("r7", "r7-on-b")
                .after("1 m")
                .dies("r7")
                .after("1 m")
                .serverIsKilled("b")
                .after("5 m")
                .serverStarts("b")
                .after("5 m")
                .dies("r7-on-b")
                .after("1 m"));
    }

    @Test
    void two_urls_of_one_server_show_each_device_once() {
        tell(Scenario.of("two-urls-one-server")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a", "a")
                .starts("r7")
                .after("1 m")
                .trackerIsCutOff(0)
                .after("5 m")
                .dies("r7")
                .after("1 m")
                .trackerIsReconnected(0)
                .after("5 m"));
    }

    @Test
    void an_audit_finds_what_no_message_told() {
        tell(Scenario.of("audit")
                .auditEach("10 m")
                .server("a")
                .device("r7", "a", Habits.good().leavesWithoutAWord())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .leaves("r7")
                .trackerMisses("a", "robots/r7/status", "offline")
                .after("12 m"));
    }

    @Test
    void two_audits_without_a_retained_status_leave_it_to_silence() {
        tell(Scenario.of("audit-vanished")
                .auditEach("10 m")
                .server("a")
                .device("r7", "a", Habits.good().leavesWithoutAWord())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .leaves("r7")
                .trackerMisses("a", "robots/r7/status", "")
                .after("45 m"));
    }

    @Test
    void a_refused_filter_holds_its_devices() {
        tell(Scenario.of("refused-filter")
                .server("a")
                .device("r7", "a", Habits.mute())
                .device("r8", "a", Habits.good())
                .watched("a")
                .starts("r7", "r8")
                .after("1 m")
                .filtersAreRefused("r7")
                .dies("r7")
                .after("1 h")
                .filtersAreRefused()
                .after("15 m"));
    }

    @Test
    void devices_behind_a_gateway_go_and_come_back_with_it() {
        tell(Scenario.of("gateway")
                .server("a")
                .device("gate", "a", Habits.good().returnsWithin(SECOND))
                .device("s1", "a", Habits.good())
                .device("s2", "a", Habits.good())
                .watched("a")
                .starts("gate", "s1", "s2")
                .after("1 m")
                .isBehind("s1", "gate", PresenceEvent.Return.AFTER_SNAPSHOT)
                .isBehind("s2", "gate", PresenceEvent.Return.AFTER_BIRTH)
                .isCutOff("gate", "s1", "s2")
                .after("1 m")
                .isReconnected("gate", "s1", "s2")
                .after("1 m"));
    }

    @Test
    void a_storm_over_a_fleet_ends_with_the_truth() {
        tell(Storm.of("storm", 7, 200, 80));
    }
}
