package io.akrimqtt.monitor.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.rpc.WayOfAsking;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonitorSettingsTest {

    private static final Map<String, String> LEAST = Map.of(
            "MQTT_DEVICE_ID", "plant/line-1/pump-7",
            "MQTT_SERVER_URLS", "mqtt://mosquitto",
            "MQTT_TOPICS", "plant/line-1/pump-7/#",
            "HOSTNAME", "node-a-factory-4294ea-pod");

    private static Map<String, String> with(String... more) {
        var variables = new HashMap<>(LEAST);
        for (int i = 0; i < more.length; i += 2) {
            variables.put(more[i], more[i + 1]);
        }
        return variables;
    }

    private static MonitorSettings valid(Map<String, String> variables) {
        return switch (MonitorSettings.read(variables)) {
            case MonitorSettings.Result.Valid(var settings) -> settings;
            case MonitorSettings.Result.Invalid invalid -> throw new AssertionError(invalid.text());
        };
    }

    private static List<String> problems(Map<String, String> variables) {
        return switch (MonitorSettings.read(variables)) {
            case MonitorSettings.Result.Valid(var settings) -> throw new AssertionError("valid: " + settings);
            case MonitorSettings.Result.Invalid(var problems) -> problems;
        };
    }

    @Nested
    class Of_an_environment_without_settings_of_its_own {

        private final MonitorSettings settings = valid(LEAST);

        @Test
        void the_device_is_what_akri_says() {
            assertThat(settings.device().id()).isEqualTo(TopicName.of("plant/line-1/pump-7"));
            assertThat(settings.device().name()).isEqualTo("pump-7");
            assertThat(settings.device().telemetryFilters()).containsExactly(TopicFilter.of("plant/line-1/pump-7/#"));
            assertThat(settings.device().commands()).isNull();
            assertThat(settings.servers()).containsExactly(ServerUrl.parse("tcp://mosquitto:1883"));
        }

        @Test
        void all_else_has_its_default() {
            assertThat(settings.workload()).isEqualTo("node-a-factory-4294ea-pod");
            assertThat(settings.sessionExpiry()).isEqualTo(Duration.ofMinutes(10));
            assertThat(settings.topics().state()).isEqualTo(TopicName.of("akri-mqtt/workloads/plant/line-1/pump-7"));
            assertThat(settings.grpc()).hasToString("127.0.0.1:6052");
            assertThat(settings.http()).hasToString("127.0.0.1:8080");
            assertThat(settings.lifeline()).isEmpty();
        }
    }

    @Nested
    class Of_what_akri_gives {

        @Test
        void a_key_with_the_hash_serves_where_the_plain_one_is_missing() {
            var variables = new HashMap<String, String>();
            LEAST.forEach((key, value) -> variables.put(key.startsWith("MQTT_") ? key + "_4294EA" : key, value));
            variables.put("MQTT_LEVEL_LINE_4294EA", "line-1");

            var settings = valid(variables);

            assertThat(settings.device().id()).isEqualTo(TopicName.of("plant/line-1/pump-7"));
            assertThat(settings.device().properties())
                    .containsEntry("MQTT_LEVEL_LINE", "line-1")
                    .doesNotContainKey("MQTT_LEVEL_LINE_4294EA");
        }

        @Test
        void a_plain_key_wins_over_one_with_a_hash() {
            var settings = valid(with("MQTT_TOPICS_4294EA", "other/#", "MQTT_DEVICE_ID_4294EA", "plant/line-1/pump-7"));

            assertThat(settings.device().telemetryFilters()).containsExactly(TopicFilter.of("plant/line-1/pump-7/#"));
            assertThat(settings.device().properties()).containsEntry("MQTT_TOPICS", "plant/line-1/pump-7/#");
        }

        @Test
        void a_level_whose_name_looks_like_a_hash_is_a_level() {
            var settings = valid(with(
                    "MQTT_DEVICE_ID_4294EA", "plant/line-1/pump-7",
                    "MQTT_LEVEL_LINE_DECADE", "1990",
                    "MQTT_LEVEL_LINE_DECADE_4294EA", "1990"));

            assertThat(settings.device().properties())
                    .containsEntry("MQTT_LEVEL_LINE_DECADE", "1990")
                    .doesNotContainKey("MQTT_LEVEL_LINE");
        }

        @Test
        void lists_have_escaped_commas() {
            var settings = valid(with("MQTT_TOPICS", "plant/a\\,b/#,plant/c\\\\d/+"));

            assertThat(settings.device().telemetryFilters())
                    .containsExactly(TopicFilter.of("plant/a,b/#"), TopicFilter.of("plant/c\\d/+"));
        }

        @Test
        void properties_hold_no_secrets() {
            var settings = valid(with("MQTT_PASSWORD", "s3cret", "MQTT_USERNAME", "u5er", "MQTT_MODEL", "P7"));

            assertThat(settings.device().properties()).containsEntry("MQTT_MODEL", "P7");
            assertThat(settings.device().properties().toString() + settings + settings.effective())
                    .doesNotContain("s3cret")
                    .doesNotContain("u5er");
            assertThat(settings.effective()).containsEntry("MQTT_PASSWORD", "***");
        }

        @Test
        void command_and_response_topics_are_templates() {
            var settings = valid(with(
                    "MQTT_COMMAND_TOPIC", "plant/{{x}}/cmd/{request}/{command}",
                    "MQTT_RESPONSE_TOPIC", "plant/{{x}}/res/{request}/{status}"));

            var commands = settings.device().commands();

            assertThat(commands).isNotNull();
            assertThat(commands.byTopicIds()).isTrue();
            assertThat(commands.request().filter()).isEqualTo(TopicFilter.of("plant/{x}/cmd/+/+"));
            assertThat(settings.notTelemetry().test(TopicName.of("plant/{x}/cmd/1/start")))
                    .isTrue();
            assertThat(settings.notTelemetry().test(TopicName.of("plant/{x}/res/1/200")))
                    .isFalse();
        }

        @Test
        void the_way_of_asking_comes_with_its_device_and_may_be_overridden() {
            var topics = with(
                    "MQTT_DEVICE_ID_0A1B2C", "plant/line-1/pump-7",
                    "MQTT_COMMAND_TOPIC", "x/set",
                    "MQTT_RESPONSE_TOPIC", "x");
            topics.put("MQTT_COMMAND_WAY_0A1B2C", "single-flight");
            assertThat(valid(topics).device().way()).isEqualTo(WayOfAsking.SINGLE_FLIGHT);
            topics.put("MQTT_COMMAND_WAY", "state-echo");
            assertThat(valid(topics).device().way()).isEqualTo(WayOfAsking.STATE_ECHO);
            topics.remove("MQTT_RESPONSE_TOPIC");
            assertThat(problems(topics))
                    .containsExactly(
                            "MQTT_COMMAND_TOPIC, MQTT_RESPONSE_TOPIC: the way STATE_ECHO with request 'x/set' and"
                                    + " response '' (expected: a response topic, and no level '{request}')");
            topics.put("MQTT_COMMAND_WAY", "telepathy");
            assertThat(problems(topics))
                    .containsExactly("MQTT_COMMAND_WAY: 'telepathy' is not known (expected: auto, envelope,"
                            + " single-flight, state-echo)");
        }

        @Test
        void the_devices_of_a_group_are_those_whose_topics_match() {
            var settings = valid(with(
                    "MQTT_MEMBERS", "plant/line-1/pump-7/+",
                    "MQTT_MEMBER_COMMAND_TOPIC", "{device}/cmd/{request}/{command}",
                    "MQTT_MEMBER_RESPONSE_TOPIC", "{device}/res/{request}/{status}"));
            var members = settings.device().members();

            assertThat(members).isNotNull();
            assertThat(members.member("valve")).contains(TopicName.of("plant/line-1/pump-7/valve"));
            assertThat(members.member("plant/line-1/pump-7/valve")).contains(TopicName.of("plant/line-1/pump-7/valve"));
            assertThat(List.of("", "+", "a/b", "plant/line-1/pump-8/valve"))
                    .allSatisfy(text -> assertThat(members.member(text)).isEmpty());
            assertThat(members.commands(TopicName.of("plant/line-1/pump-7/{x}"))
                            .request()
                            .toString())
                    .isEqualTo("plant/line-1/pump-7/{{x}}/cmd/{request}/{command}");
            assertThat(settings.notTelemetry().test(TopicName.of("plant/line-1/pump-7/valve/cmd/1/open")))
                    .isTrue();
            assertThat(settings.notTelemetry().test(TopicName.of("plant/line-1/pump-7/valve/res/1/200")))
                    .isFalse();
        }

        @Test
        void topics_of_a_group_that_name_no_device_are_refused() {
            assertThat(problems(with(
                            "MQTT_MEMBERS", "plant/line-1/pump-7/+", "MQTT_MEMBER_COMMAND_TOPIC", "cmd/{command}")))
                    .containsExactly("MQTT_MEMBER_COMMAND_TOPIC, MQTT_MEMBER_RESPONSE_TOPIC: 'cmd/{command}' does not"
                            + " begin with {device} (expected: a template that does)");
        }
    }

    @Nested
    class Of_a_client_id {

        private final MonitorSettings settings = valid(LEAST);
        private final String id = settings.clientId(settings.servers().getFirst());

        @Test
        void is_the_same_after_a_restart() {
            assertThat(id).matches("akri-mqtt-w-[0-9a-f]{10}").isEqualTo("akri-mqtt-w-1376c50d8e");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "AKRI_MQTT_WORKLOAD,another",
            "HOSTNAME,another",
            "MQTT_DEVICE_ID,plant/line-1/pump-8",
            "MQTT_SERVER_URLS,mqtt://another"
        })
        void is_another_for_another(String key, String value) {
            var other = valid(with(key, value));

            assertThat(other.clientId(other.servers().getFirst())).isNotEqualTo(id);
        }
    }

    @Nested
    class Of_problems {

        @Test
        void an_empty_environment_has_a_readable_list() {
            var result = MonitorSettings.read(Map.of());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            MonitorSettings.Result.Invalid.class,
                            invalid -> assertThat(invalid.text()).isEqualTo("""
                                invalid settings of the monitoring broker:
                                  MQTT_DEVICE_ID: is not set (expected: the device's topic, which Akri gives a pod for its Instance)
                                  MQTT_TOPICS: is not set (expected: one topic filter of the device's telemetry or several, with commas between them)
                                  MQTT_SERVER_URLS: is not set (expected: one MQTT server URL or several, with commas between them)
                                  AKRI_MQTT_WORKLOAD: is not set, nor is HOSTNAME (expected: a name that this workload keeps and no other workload of the device has, such as the pod's)
                                """));
        }

        @Test
        void a_pod_with_two_devices_is_one_whatever_the_plain_keys_say() {
            var variables = new HashMap<>(LEAST);
            variables.remove("MQTT_DEVICE_ID");
            variables.putAll(Map.of("MQTT_DEVICE_ID_4294EA", "plant/a", "MQTT_DEVICE_ID_099763", "plant/b"));
            var expected = "MQTT_DEVICE_ID: differs between this pod's devices 099763, 4294EA"
                    + " (expected: one device per pod)";

            assertThat(problems(variables)).containsExactly(expected);

            variables.put("MQTT_DEVICE_ID", "plant/b");
            assertThat(problems(variables)).containsExactly(expected);
        }

        @Test
        void a_property_that_differs_is_one_where_the_plain_key_is_missing() {
            var variables = with("MQTT_TOPICS_4294EA", "a/#", "MQTT_TOPICS_099763", "b/#");
            assertThat(valid(variables).device().telemetryFilters()).hasSize(1);

            variables.remove("MQTT_TOPICS");

            assertThat(problems(variables))
                    .containsExactly("MQTT_TOPICS: differs between this pod's devices 099763, 4294EA"
                            + " (expected: one device per pod)");
        }

        @ParameterizedTest(name = "{0}={1}")
        @CsvSource(delimiter = ';', quoteCharacter = '"', textBlock = """
            MQTT_DEVICE_ID ; plant/+ ; MQTT_DEVICE_ID: 'plant/+' has the wildcard '+' at index 6 (expected: a topic without wildcards)
            MQTT_SERVER_URLS ; mqtt://a,http://b ; MQTT_SERVER_URLS[2]: the URL has no scheme that we know (expected: tcp|mqtt|ssl|tls|mqtts|ws|wss://host[:port], a path only for ws and wss)
            MQTT_SERVER_URLS ; mqtt://me:s3cret@a ; "MQTT_SERVER_URLS: the URL has credentials (expected: none in the URL; they come from a Secret)"
            MQTT_TOPICS ; a/#/b ; MQTT_TOPICS: 'a/#/b' has '#' at index 2 (expected: '#' only as the whole last level)
            MQTT_TOPICS ; a/#,b+ ; MQTT_TOPICS[2]: 'b+' has '+' at index 1 beside other characters (expected: '+' as a whole level)
            MQTT_COMMAND_TOPIC ; {device}/cmd/{command} ; MQTT_COMMAND_TOPIC, MQTT_RESPONSE_TOPIC: request '{device}/cmd/{command}' has open levels [device] (expected: none but [command, request])
            MQTT_COMMAND_TOPIC ; a/x{command} ; "MQTT_COMMAND_TOPIC: 'a/x{command}' has '{' at index 3 (expected: '{name}' as a whole level; '{{' and '}}' for braces themselves)"
            MQTT_RESPONSE_TOPIC ; a/res ; MQTT_RESPONSE_TOPIC: is set without MQTT_COMMAND_TOPIC (expected: both or none)
            AKRI_MQTT_WORKLOAD ; my pod ; AKRI_MQTT_WORKLOAD: has spaces or characters beyond ASCII, or is too long (expected: 1 to 253 printable ASCII characters)
            AKRI_MQTT_SESSION_EXPIRY ; 25h ; AKRI_MQTT_SESSION_EXPIRY: '25h' (expected: a duration such as 10s, 5m or 1h, from 0s to 86400s)
            AKRI_MQTT_SESSION_EXPIRY ; 10 ; AKRI_MQTT_SESSION_EXPIRY: '10' (expected: a duration such as 10s, 5m or 1h, from 0s to 86400s)
            AKRI_MQTT_WORKLOAD_TOPIC ; workloads ; AKRI_MQTT_WORKLOAD_TOPIC: 'workloads' has other open levels than {device} (expected: just {device}, which keeps the workloads of several devices apart)
            AKRI_MQTT_GRPC_LISTEN ; 6052 ; AKRI_MQTT_GRPC_LISTEN: '6052' is no address (expected: host:port, unix:/absolute/path or off)
            AKRI_MQTT_HTTP_LISTEN ; unix:/a ; AKRI_MQTT_HTTP_LISTEN: is a Unix socket (expected: host:port or off)
            AKRI_MQTT_LOG_FORMAT ; xml ; AKRI_MQTT_LOG_FORMAT: 'xml' is not known (expected: text, json)
            AKRI_MQTT_LOG_LEVEL ; loud ; AKRI_MQTT_LOG_LEVEL: 'loud' is not known (expected: error, warn, info, debug, trace)
            AKRI_MQTT_LIFELINE ; tcp ; AKRI_MQTT_LIFELINE: 'tcp' is not known (expected: stdin)
            MQTT_PASSWORD_FILE ; /no/such/file ; MQTT_PASSWORD_FILE: names a file that cannot be read: /no/such/file (expected: a small text file)
            MQTT_CA ; secret text ; MQTT_CA: holds no PEM (expected: certificates between -----BEGIN and -----END)
            """)
        void one_wrong_value_is_one_sentence(String key, String value, String problem) {
            assertThat(problems(with(key, value))).containsExactly(problem);
        }

        @Test
        void the_way_by_topic_ids_needs_the_id_in_both_topics() {
            var topicIds =
                    with("MQTT_COMMAND_TOPIC", "a/cmd/{request}/{command}", "MQTT_RESPONSE_TOPIC", "a/res/{command}");
            var mqtt5 = with("MQTT_COMMAND_TOPIC", "a/cmd/{command}", "MQTT_RESPONSE_TOPIC", "a/res/{status}");

            assertThat(problems(topicIds))
                    .containsExactly("MQTT_COMMAND_TOPIC, MQTT_RESPONSE_TOPIC: response 'a/res/{command}'"
                            + " has no level '{request}' (expected: as the request has one)");
            assertThat(problems(mqtt5))
                    .containsExactly("MQTT_COMMAND_TOPIC, MQTT_RESPONSE_TOPIC: response 'a/res/{status}'"
                            + " has open levels [status] (expected: none but [command])");
        }

        @Test
        void a_secret_given_twice_is_one_and_its_content_is_never_told(@TempDir Path folder) throws IOException {
            var file = folder.resolve("password");
            Files.writeString(file, "from-file");

            var problems = problems(with("MQTT_PASSWORD", "from-env", "MQTT_PASSWORD_FILE", file.toString()));

            assertThat(problems)
                    .containsExactly("MQTT_PASSWORD: is set, and so is MQTT_PASSWORD_FILE (expected: one of them)");
        }

        @Test
        void a_certificate_without_its_key_is_one() {
            var pem = "-----BEGIN CERTIFICATE-----";

            assertThat(problems(with("MQTT_CERT", pem)))
                    .containsExactly("MQTT_CERT: is set without MQTT_KEY (expected: both or none)");
            assertThat(problems(with("MQTT_KEY", pem)))
                    .containsExactly("MQTT_KEY: is set without MQTT_CERT (expected: both or none)");
        }

        @Test
        void all_of_them_come_at_once() {
            var variables = new TreeMap<>(with("MQTT_TOPICS", "a/#/b", "AKRI_MQTT_SESSION_EXPIRY", "x"));
            variables.remove("MQTT_DEVICE_ID");

            assertThat(problems(variables)).hasSize(3);
        }

        @Test
        void too_many_items_are_one() {
            assertThat(problems(with("MQTT_TOPICS", "a,".repeat(100) + "a")))
                    .containsExactly("MQTT_TOPICS: has 101 items (expected: at most 100)");
        }
    }

    @Test
    void secrets_come_from_files_too(@TempDir Path folder) throws IOException {
        var file = folder.resolve("password");
        Files.writeString(file, "pässword\n");

        var settings = valid(with("MQTT_USERNAME", "pump", "MQTT_PASSWORD_FILE", file.toString()));

        assertThat(settings.credentials().username()).contains("pump");
        assertThat(settings.credentials().password())
                .hasValueSatisfying(
                        password -> assertThat(password).isEqualTo("pässword".getBytes(StandardCharsets.UTF_8)));
    }
}
