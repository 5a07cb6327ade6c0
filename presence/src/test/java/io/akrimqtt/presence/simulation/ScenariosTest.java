package io.akrimqtt.presence.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Stories, and what the tracker makes of them: the results are committed in src/test/resources/simulation. */
class ScenariosTest {

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
                        Habits.good()
                                .birthAtQos0()
                                .telemetryEach(Duration.ofMinutes(1))
                                .returnsWithin(Duration.ofSeconds(1)))
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
}
