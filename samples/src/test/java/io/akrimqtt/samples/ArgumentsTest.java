package io.akrimqtt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @Test
    void three_devices_come_unless_told_otherwise() {
        var arguments = parse("--server tcp://127.0.0.1:1883 --sample factory");

        assertThat(arguments.machines()).extracting(Machine::name).containsExactly("press-1", "oven-1", "robot-1");
        assertThat(arguments.server()).hasToString("tcp://127.0.0.1:1883");
    }

    @Test
    void devices_are_picked_by_name_and_none_twice() {
        var arguments = parse("--device robot-2 --sample factory --device press-1 --device robot-2 --server tcp://h");

        assertThat(arguments.machines()).extracting(Machine::name).containsExactly("robot-2", "press-1");
    }

    @Test
    void a_number_takes_the_first_ones() {
        assertThat(parse("--server tcp://h --sample proposal --devices 4").machines())
                .extracting(machine -> machine.topic().value())
                .containsExactly(
                        "akri-devices/Device23920", "robots/robot-1", "system/subsystem1/device2032", "robots/robot-2");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '"', textBlock = """
                    --sample factory => --server is missing
                    --server tcp://h => --sample is missing
                    --server http://h --sample factory => --server: has no scheme that we know (expected: tcp|mqtt|ssl|tls|mqtts|ws|wss://host[:port], a path only for ws and wss)
                    --server tcp://h --sample farm => --sample: 'farm' (expected: factory|proposal)
                    --server tcp://h --sample factory --devices 0 => --devices: '0' (expected: 1 to 200)
                    --server tcp://h --sample factory --devices 201 => --devices: '201' (expected: 1 to 200)
                    --server tcp://h --sample factory --devices many => --devices: 'many' (expected: 1 to 200)
                    --server tcp://h --sample factory --devices => --devices: '' (expected: 1 to 200)
                    --server tcp://h --sample factory --device lathe-1 => --device: 'lathe-1' (expected: a device of factory such as press-1)
                    --server tcp://h --sample factory --colour red => '--colour' is no option
                    --server tcp://h --sample factory --device press-1 --devices 2 => --device and --devices are both given (expected: one of them)
                    """)
    void says_what_is_wrong(String line, String problem) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(line)).withMessage(problem);
    }

    @Test
    void says_everything_that_is_wrong_at_once() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(List.of("--sample", "farm"), List.of("MQTT_PASSWORD_FILE: is away")))
                .withMessage("""
                        MQTT_PASSWORD_FILE: is away
                        --sample: 'farm' (expected: factory|proposal)
                        --server is missing""");
    }

    private static Arguments parse(String line) {
        return Arguments.parse(List.of(line.split(" +")), List.of());
    }
}
