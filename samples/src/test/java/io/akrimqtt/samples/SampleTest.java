package io.akrimqtt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SampleTest {

    @Test
    void the_factory_begins_with_a_press_an_oven_and_a_robot() {
        assertThat(Sample.FACTORY.devices(4))
                .extracting(machine -> machine.topic().value())
                .containsExactly(
                        "factory/forming/press-1",
                        "factory/heat/oven-1",
                        "factory/assembly/robot-1",
                        "factory/forming/press-2");
    }

    @ParameterizedTest
    @EnumSource
    void every_device_has_a_name_of_its_own(Sample sample) {
        assertThat(sample.devices(200)).extracting(Machine::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void a_device_is_found_by_its_name(Sample sample) {
        var last = sample.devices(200).getLast();

        assertThat(sample.device(last.name())).contains(last);
        assertThat(sample.device("lathe-1")).isEmpty();
    }

    @Test
    void there_are_1_to_200_devices() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sample.FACTORY.devices(201))
                .withMessage("devices: 201 (expected: 1 to 200)");
        assertThatIllegalArgumentException().isThrownBy(() -> Sample.FACTORY.devices(0));
    }

    @Test
    void a_device_measures_the_same_in_each_run() {
        var oven = Sample.FACTORY.device("oven-1").orElseThrow();

        assertThat(oven.measure(new SplittableRandom(7), 100)).isEqualTo(oven.measure(new SplittableRandom(7), 100));
        assertThat(oven.measure(new SplittableRandom(7), 100))
                .matches("\\{\"temperature\":1[78]\\d\\.\\d,\"unit\":\"Cel\"}");
        assertThat(oven.telemetryTopic()).hasToString("factory/heat/oven-1/temperature");
    }

    @Test
    void a_robot_at_speed_0_stands_still() {
        var robot = Sample.FACTORY.device("robot-1").orElseThrow();

        assertThat(robot.measure(new SplittableRandom(7), 0))
                .matches("\\{\"joints\":\\[-?0\\.0,-?0\\.0,-?0\\.0],\"unit\":\"deg\"}");
    }
}
