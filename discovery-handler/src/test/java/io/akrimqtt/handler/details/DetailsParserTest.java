package io.akrimqtt.handler.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceRules;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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

            assertThat(details.urls())
                    .containsExactly(
                            ServerUrl.parse("tcp://10.1.2.3:1883"), ServerUrl.parse("ssl://mqtt.example.org:8883"));
            assertThat(details.topics())
                    .extracting(DeviceFilter::text)
                    .containsExactly(
                            "akri-devices/Device23920/temp", "robots/+/joints", "system/subsystem1/device2032/#");
            assertThat(details.status()).isEqualTo(StatusTopic.DEFAULTS);
            assertThat(details.rules()).isEqualTo(PresenceRules.DEFAULT);
            assertThat(details.commands()).isNull();
            assertThat(details.connection().qos()).isEqualTo(QualityOfService.AT_LEAST_ONCE);
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
            assertThat(details.connection().qos()).isEqualTo(QualityOfService.EXACTLY_ONCE);
        }

        @ParameterizedTest
        @CsvSource({"10s,10000", "500ms,500", "5m,300000", "1h,3600000", "PT30S,30000", "0,0", "0s,0"})
        void have_durations_with_units(String text, long millis) {
            assertThat(Durations.parse(text)).contains(Duration.ofMillis(millis));
        }

        @Test
        void take_all_of_presence() {
            var details = withBase("""
                    presence:
                      silenceTimeout: auto
                      settle: 1s
                      brokerGrace: 30s
                      probation: 1m
                      sleepTimeout: 12h
                      retained: alive
                      flapDamping: false
                      audit: 0
                      minPublishInterval: 250ms
                    maxDevices: 60000
                    publish: {when: online}
                    """);

            assertThat(details.rules())
                    .isEqualTo(PresenceRules.DEFAULT
                            .with(new PresenceRules.Silence(Duration.ofMinutes(10), true, true))
                            .withSettle(Duration.ofSeconds(1))
                            .withServerGrace(Duration.ofSeconds(30))
                            .withProbation(Duration.ofMinutes(1))
                            .withSleepTimeout(Duration.ofHours(12))
                            .with(PresenceRules.Retained.ALIVE)
                            .withFlapDamping(false)
                            .withListed(Set.of(Presence.ONLINE)));
            assertThat(details.watch()).isEqualTo(new WatchRules(Duration.ZERO, 60_000, Duration.ofMillis(250)));
        }

        @Test
        void take_all_of_connection_and_tls() {
            var details = withBase("""
                    connection: {protocol: 3.1.1, qos: 2, keepAlive: 5s, sessionExpiry: 0, clientIdPrefix: plant7}
                    tls: {insecureSkipVerify: true, serverName: mqtt.plant}
                    """);

            assertThat(details.connection())
                    .isEqualTo(new ConnectionRules(
                            ProtocolVersion.MQTT_3_1_1,
                            QualityOfService.EXACTLY_ONCE,
                            Duration.ofSeconds(5),
                            Duration.ZERO,
                            "plant7"));
            assertThat(details.tls()).isEqualTo(new TlsRules("mqtt.plant", true));
            assertThat(withBase("connection: {protocol: auto}").connection()).isEqualTo(ConnectionRules.DEFAULT);
        }

        @Test
        void take_servers_with_names_and_say_where_a_device_is() {
            var details = checked("""
                    topics: robots/+/joints
                    scope: perBroker
                    serverUrls:
                      - {url: tcp://a, alias: plantA}
                      - {url: ssl://b, alias: plantB, credentials: plant_b}
                    """);

            assertThat(details.servers()).extracting(WatchedServer::credentials).containsExactly("mqtt", "plant_b");
            assertThat(details.place("plantB/robots/r7"))
                    .isEqualTo(new DiscoveryDetails.Place(List.of(ServerUrl.parse("ssl://b")), "robots/r7"));
        }

        @Test
        void take_devices_by_patterns_for_id_or_name() {
            var out = withBase("devices: {action: Exclude, items: ['robots/test-*', 'r?']}")
                    .devices();
            var only = withBase("devices: {items: robots/*}").devices();

            assertThat(out.takes("robots/test-1", "test-1")).isFalse();
            assertThat(out.takes("a/r7", "r7")).isFalse();
            assertThat(out.takes("a/r77", "r77")).isTrue();
            assertThat(only.takes("robots/x", "x")).isTrue();
            assertThat(only.takes("cranes/x", "x")).isFalse();
        }

        @Test
        void take_a_level_by_its_number() {
            var details = checked(
                    "serverUrls: tcp://h\ntopics: [{topic: legacy/+/+/data, device: 2}, {topic: a/b/c, device: 1}]\n");

            assertThat(details.topics())
                    .extracting(DeviceFilter::text)
                    .containsExactly("legacy/+/{device}/data", "a/b/c");
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
