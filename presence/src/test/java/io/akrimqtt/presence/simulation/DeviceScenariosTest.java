package io.akrimqtt.presence.simulation;

import static io.akrimqtt.presence.simulation.Committed.tell;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stories of devices: how they die, leave, sleep, return, and what the tracker makes of it. */
class DeviceScenariosTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

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
    void a_device_that_goes_on_publishing_overrules_its_offline_word() {
        tell(Scenario.of("revival")
                .server("a")
                .device("r7", "a", Habits.good().telemetryEach(MINUTE))
                .device("r8", "a", Habits.good())
                .watched("a")
                .starts("r7", "r8")
                .after("310 s")
                .somebodyPublishes("a", "robots/r7/status", "offline")
                .somebodyPublishes("a", "robots/r8/status", "offline")
                .after("5 m"));
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
}
