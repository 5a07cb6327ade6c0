package io.akrimqtt.presence.simulation;

import static io.akrimqtt.presence.simulation.Committed.tell;

import org.junit.jupiter.api.Test;

/** Stories of the tracker itself: away, deaf, killed, started again. */
class TrackerScenariosTest {

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
}
