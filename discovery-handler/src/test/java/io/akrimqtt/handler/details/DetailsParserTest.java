package io.akrimqtt.handler.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.state.PresenceRules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailsParserTest {

    static DiscoveryDetails checked(String yaml) {
        var result = DetailsParser.parse("discoveryDetails", yaml);
        assertThat(result).isInstanceOf(DetailsResult.Checked.class);
        return ((DetailsResult.Checked) result).details();
    }

    private static DiscoveryDetails withBase(String rest) {
        return checked("serverUrls: tcp://h\ntopics: robots/+/joints\n" + rest);
    }

    @Nested
    class Good_details {

        @Test
        void in_the_short_form_of_the_proposal_get_the_defaults() {
            var details = checked("""
                    serverUrls:
                      - tcp://10.1.2.3:1883
                      - ssl://mqtt.example.org
                    topics: [akri-devices/Device23920/temp, robots/+/joints, system/subsystem1/device2032/#]
                    """);

            assertThat(details.servers())
                    .containsExactly(
                            ServerUrl.parse("tcp://10.1.2.3:1883"), ServerUrl.parse("ssl://mqtt.example.org:8883"));
            assertThat(details.topics())
                    .extracting(DeviceFilter::text)
                    .containsExactly(
                            "akri-devices/Device23920/temp", "robots/+/joints", "system/subsystem1/device2032/#");
            assertThat(details.status()).isEqualTo(StatusTopic.DEFAULTS);
            assertThat(details.rules()).isEqualTo(PresenceRules.DEFAULT);
            assertThat(details.commands()).isNull();
            assertThat(details.qos()).isEqualTo(QualityOfService.AT_LEAST_ONCE);
        }

        @Test
        void may_have_one_text_in_place_of_a_list() {
            var details = checked("serverUrls: tcp://h\ntopics: sensor1\npresence: {status: '{device}/state'}\n");

            assertThat(details.servers()).hasSize(1);
            assertThat(details.topics()).hasSize(1);
            assertThat(details.status()).containsExactly(StatusTopic.of("{device}/state"));
        }

        @Test
        void may_say_everything_about_status_topics() {
            var details = withBase("""
                    presence:
                      status:
                        - topic: "{device}/status"
                          online: [here, 1]
                          offline: gone
                          sleeping: [zzz]
                          field: /state/0
                        - "site/{area}/{device}/conn"
                    """);

            assertThat(details.status())
                    .containsExactly(
                            new StatusTopic(
                                    "{device}/status",
                                    List.of("here", "1"),
                                    List.of("gone"),
                                    List.of("zzz"),
                                    "/state/0"),
                            StatusTopic.of("site/{area}/{device}/conn"));
        }

        @Test
        void may_turn_the_status_idiom_off() {
            assertThat(withBase("presence: {status: []}").status()).isEmpty();
        }

        @Test
        void may_set_times_commands_and_quality_of_service() {
            var details = withBase("""
                    presence: {silenceTimeout: 90s, offlineGrace: PT2S}
                    commands: {topic: "{device}/cmd/{request}/{command}", response: "{device}/res/{request}/{status}"}
                    connection: {qos: 2}
                    """);

            assertThat(details.rules())
                    .isEqualTo(PresenceRules.DEFAULT
                            .withSilenceTimeout(Duration.ofSeconds(90))
                            .withOfflineGrace(Duration.ofSeconds(2)));
            assertThat(details.commands())
                    .isEqualTo(
                            new CommandTopics("{device}/cmd/{request}/{command}", "{device}/res/{request}/{status}"));
            assertThat(details.qos()).isEqualTo(QualityOfService.EXACTLY_ONCE);
        }

        @ParameterizedTest
        @CsvSource({"10s,10000", "500ms,500", "5m,300000", "1h,3600000", "PT30S,30000", "0,0", "0s,0"})
        void have_durations_with_units(String text, long millis) {
            assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
        }

        @Test
        void take_zero_as_never_for_silence() {
            assertThat(withBase("presence: {silenceTimeout: 0}")
                            .rules()
                            .silence()
                            .timeout())
                    .isZero();
        }
    }

    @Nested
    class Hostile_text {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "---",
                    "~",
                    "[",
                    "{",
                    "\"",
                    "a: b: c",
                    "- - -",
                    "? ?",
                    "%YAML 9.9\n---\na",
                    "\t",
                    "&a",
                    "*",
                    "!"
                })
        void never_makes_it_throw(String yaml) {
            assertThat(DetailsParser.parse("d", yaml)).isInstanceOf(DetailsResult.Refused.class);
        }

        @Test
        void cut_anywhere_never_makes_it_throw() {
            var yaml = """
                    serverUrls: [tcp://h:1883, "ssl://x"] # c
                    topics:
                      - {topic: a/+}
                      - 'plant/{area}/line/{device}/#'
                    presence: {status: [], silenceTimeout: 5m}
                    commands:
                      topic: "{device}/cmd/{command}"
                    """;
            for (int end = 0; end <= yaml.length(); end++) {
                assertThat(DetailsParser.parse("d", yaml.substring(0, end))).isNotNull();
                assertThat(DetailsParser.parse("d", yaml.substring(end))).isNotNull();
            }
        }

        @Test
        void with_a_thousand_unknown_keys_gives_a_hundred_problems_and_a_count() {
            var yaml = new StringBuilder("serverUrls: tcp://h\ntopics: a/b\n");
            for (int i = 0; i < 1000; i++) {
                yaml.append("unknown").append(i).append(": 1\n");
            }

            var problems = ((DetailsResult.Refused) DetailsParser.parse("d", yaml.toString())).problems();

            assertThat(problems).hasSize(101);
            assertThat(problems.getLast())
                    .hasToString("d:103:1: 900 more problems (expected: those above mended first)");
        }
    }
}
