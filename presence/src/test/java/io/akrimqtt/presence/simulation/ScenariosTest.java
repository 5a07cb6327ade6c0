package io.akrimqtt.presence.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.presence.state.PresenceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stories, and what the tracker makes of them: the results are committed in src/test/resources/simulation. */
class ScenariosTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static void tell(Scenario scenario) {
        var outcome = scenario.ends();
        Committed.compare(outcome);
        assertThat(outcome.wrong())
                .as("believed wrongly at the end:%n%s", outcome.text())
                .isEmpty();
    }

    @Test
    void a_will_that_comes_after_the_next_birth_changes_nothing() {
        tell(Scenario.of("overtaken-will")
                .server("a")
                .device(
                        "r7",
                        "a",
                        Habits.good().birthAtQos0().telemetryEach(MINUTE).returnsWithin(SECOND))
                .starts("r7")
                .watched("a")
                .after("1 m")
                .trackerIsBehindBy("3 s")
                .isCutOff("r7")
                .isReconnected("r7")
                .after("3 m"));
    }

    @Test
    void a_dead_device_is_gone_after_the_grace() {
        tell(Scenario.of("dead-device")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .dies("r7")
                .after("1 m"));
    }

    @Test
    void a_device_without_power_is_gone_after_its_keep_alive() {
        tell(Scenario.of("power-cut")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .losesPower("r7")
                .after("2 m"));
    }

    @Test
    void a_quick_return_within_the_will_delay_is_not_noticed() {
        tell(Scenario.of("will-delay")
                .server("a")
                .device("r7", "a", Habits.good().willDelay(Duration.ofSeconds(30)))
                .watched("a")
                .starts("r7")
                .after("1 m")
                .isCutOff("r7")
                .after("20 s")
                .isReconnected("r7")
                .after("5 m"));
    }

    @Test
    void a_quick_return_within_the_grace_is_not_noticed() {
        tell(Scenario.of("quick-return")
                .server("a")
                .device("r7", "a", Habits.good().returnsWithin(SECOND))
                .watched("a")
                .starts("r7")
                .after("1 m")
                .isCutOff("r7")
                .after("6 s")
                .isReconnected("r7")
                .after("5 m"));
    }

    @Test
    void a_device_that_leaves_without_a_word_and_has_no_heartbeat_looks_alive() {
        tell(Scenario.of("clean-leave-without-a-word")
                .server("a")
                .device("r7", "a", Habits.good().leavesWithoutAWord())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .leaves("r7")
                .after("1 h")
                .nobodyCanKnow("r7", "it left cleanly and its retained status still says online"));
    }

    @Test
    void where_a_silence_timeout_is_written_a_silent_leaver_is_found() {
        tell(Scenario.of("clean-leave-with-heartbeat")
                .rules(rules -> rules.withSilenceTimeout(MINUTE))
                .server("a")
                .device("r7", "a", Habits.good().leavesWithoutAWord())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .leaves("r7")
                .after("5 m"));
    }

    @Test
    void a_device_without_a_status_is_known_by_what_it_publishes() {
        tell(Scenario.of("no-status-at-all")
                .server("a")
                .device("r7", "a", Habits.mute())
                .watched("a")
                .starts("r7")
                .after("5 m")
                .dies("r7")
                .after("11 m")
                .starts("r7")
                .after("1 m"));
    }

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
    void a_queue_that_overflows_while_we_are_away_is_healed_by_the_snapshot() {
        tell(Scenario.of("queue-overflow")
                .server("a")
                .device("r7", "a", Habits.good())
                .device("r8", "a", Habits.good())
                .watched("a")
                .starts("r7", "r8")
                .after("1 m")
                .trackerIsCutOff(0)
                .after("45 m")
                .dies("r7")
                .after("5 m")
                .trackerIsReconnected(0)
                .after("5 m"));
    }

    @Test
    void what_a_dead_device_said_while_we_were_away_does_not_make_it_alive() {
        tell(Scenario.of("tracker-away-device-dead")
                .server("a")
                .device("r7", "a", Habits.mute())
                .watched("a")
                .after("1 m")
                .trackerIsCutOff(0)
                .starts("r7")
                .after("10 m")
                .dies("r7")
                .after("50 m")
                .trackerIsReconnected(0)
                .after("5 m"));
    }

    @Test
    void a_listed_device_that_died_while_we_were_away_is_found_by_silence() {
        tell(Scenario.of("tracker-away-listed-device-dead")
                .server("a")
                .device("r7", "a", Habits.mute())
                .watched("a")
                .starts("r7")
                .after("10 m")
                .trackerIsCutOff(0)
                .after("10 m")
                .dies("r7")
                .after("50 m")
                .trackerIsReconnected(0)
                .after("15 m"));
    }

    @Test
    void a_connection_that_dies_silently_loses_nothing() {
        tell(Scenario.of("tracker-in-a-black-hole")
                .server("a")
                .device("r7", "a", Habits.good())
                .device("r8", "a", Habits.good())
                .watched("a")
                .starts("r7", "r8")
                .after("1 m")
                .trackerHearsNothing(0)
                .after("20 s")
                .dies("r7")
                .after("2 m")
                .trackerIsReconnected(0)
                .after("3 m"));
    }

    @Test
    void a_sleeper_drops_its_connection_and_stays() {
        tell(Scenario.of("sleeper")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .sleeps("r7")
                .after("2 h")
                .starts("r7")
                .after("1 m"));
    }

    @Test
    void a_sleeper_whose_will_is_all_that_is_retained_sleeps_by_what_the_queue_says() {
        tell(Scenario.of("sleeper-while-away")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .trackerIsCutOff(0)
                .after("1 m")
                .sleeps("r7")
                .after("1 m")
                .trackerIsReconnected(0)
                .after("5 m"));
    }

    @Test
    void a_sleeper_that_woke_and_died_while_we_were_away_is_gone() {
        tell(Scenario.of("sleeper-woke-and-died-while-away")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .sleeps("r7")
                .after("1 m")
                .trackerIsCutOff(0)
                .after("1 m")
                .starts("r7")
                .after("10 s")
                .dies("r7")
                .after("1 m")
                .trackerIsReconnected(0)
                .after("5 m"));
    }

    @Test
    void a_sleeper_that_disconnects_cleanly_is_known_to_sleep() {
        tell(Scenario.of("clean-sleeper-while-away")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .trackerIsCutOff(0)
                .after("1 m")
                .dozes("r7")
                .after("1 m")
                .trackerIsReconnected(0)
                .after("5 m"));
    }

    @Test
    void a_sleeper_that_never_wakes_is_gone_after_its_time() {
        tell(Scenario.of("sleeper-never-wakes")
                .rules(rules -> rules.withSleepTimeout(Duration.ofHours(1)))
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .sleeps("r7")
                .after("30 m")
                .dies("r7")
                .after("1 h"));
    }

    @Test
    void a_device_that_is_taken_back_is_forgotten() {
        tell(Scenario.of("taken-back")
                .server("a")
                .device("r7", "a", Habits.good())
                .watched("a")
                .starts("r7")
                .after("1 m")
                .isTakenBack("r7")
                .after("1 m"));
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
    void a_tracker_that_is_killed_in_the_middle_of_a_grace_knows_it_afterwards() {
        tell(Scenario.of("tracker-killed-in-grace")
                .server("a")
                .device("r7", "a", Habits.good())
                .device("r8", "a", Habits.good())
                .device("r9", "a", Habits.mute())
                .watched("a")
                .starts("r7", "r8", "r9")
                .after("1 m")
                .dies("r7")
                .after("5 s")
                .trackerIsKilled()
                .after("5 s")
                .trackerStarts()
                .after("1 m"));
    }

    @Test
    void a_tracker_that_starts_while_the_server_is_away_goes_on_with_what_it_knew() {
        tell(Scenario.of("tracker-restarts-without-server")
                .persistentServer("a")
                .device("r7", "a", Habits.good())
                .device("r9", "a", Habits.mute())
                .watched("a")
                .starts("r7", "r9")
                .after("1 m")
                .serverSaves("a")
                .serverIsKilled("a")
                .after("5 s")
                .trackerIsKilled()
                .after("1 m")
                .trackerStarts()
                .after("5 m")
                .serverStarts("a")
                .after("15 m"));
    }

    @Test
    void two_clients_that_fight_for_an_id_are_kept() {
        tell(Scenario.of("two-clients-one-id")
                .server("a")
                .device("r7", "a", Habits.good().returnsWithin(SECOND))
                .twin("twin", "r7", "a", Habits.good().returnsWithin(SECOND))
                .watched("a")
                .starts("r7", "twin")
                .after("5 s")
                .dies("twin")
                .after("5 m"));
    }

    @Test
    void a_device_that_comes_and_goes_is_kept_listed_until_it_is_calm() {
        tell(comesAndGoes(Scenario.of("flapping")
                        .server("a")
                        .device("r7", "a", Habits.good().returnsWithin(SECOND))
                        .watched("a")
                        .starts("r7")
                        .after("1 m"))
                .after("3 m"));
    }

    private static Scenario comesAndGoes(Scenario scenario) {
        for (int i = 0; i < 6; i++) {
            scenario.isCutOff("r7").after("30 s").isReconnected("r7").after("30 s");
        }
        return scenario;
    }

    @Test
    void a_flapping_device_that_is_gone_for_good_is_unlisted_when_it_is_calm() {
        tell(comesAndGoes(Scenario.of("flapping-then-dead")
                        .server("a")
                        .device("r7", "a", Habits.good().returnsWithin(SECOND))
                        .watched("a")
                        .starts("r7")
                        .after("1 m"))
                .dies("r7")
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

    @Test
    void each_committed_result_belongs_to_a_story() throws IOException {
        var source = Files.readString(Path.of("src/test/java/io/akrimqtt/presence/simulation/ScenariosTest.java"));

        assertThat(Committed.names()).allSatisfy(name -> assertThat(source).contains('"' + name + '"'));
    }
}
