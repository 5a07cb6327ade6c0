package io.akrimqtt.helm;

import static io.akrimqtt.helm.Samples.AGENT;
import static io.akrimqtt.helm.Samples.PERSON;
import static io.akrimqtt.helm.Samples.configuration;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Request.User;
import io.akrimqtt.helm.admission.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate: Configurations that would break agents, take Secrets of others or collide do not come in. */
abstract class GateTable {

    abstract Api api();

    private Map<String, Object> ours() {
        return configuration(api().namespace(), "tbl-robots");
    }

    private static Map<String, Object> foreign(Map<String, Object> configuration) {
        return Json.with(configuration, "udev", "spec", "discoveryHandler", "name");
    }

    private static Map<String, Object> naming(Map<String, Object> configuration, Object... properties) {
        return Json.with(configuration, List.of(properties), "spec", "discoveryHandler", "discoveryProperties");
    }

    /** One that takes a key of a Secret ({@code secretKeyRef}) or a ConfigMap. */
    private static Map<String, Object> from(String property, String kind, Map<String, ?> reference) {
        return Map.of("name", property, "valueFrom", Map.of(kind, reference));
    }

    private Map<String, Object> secret(String name) {
        return from(
                "mqtt_password",
                "secretKeyRef",
                Map.of("name", name, "namespace", api().namespace(), "key", "password"));
    }

    private Verdict creates(User user, Map<String, Object> configuration) {
        return api().admit(Request.create(user, "configurations", configuration));
    }

    private Verdict creates(Map<String, Object> configuration) {
        return creates(PERSON, configuration);
    }

    @Test
    void a_plain_one_comes_in() {
        assertThat(creates(ours()).message()).isEmpty();
        assertThat(creates(foreign(ours())).message()).isEmpty();
        assertThat(creates(naming(ours(), Map.of("name", "mqtt_username", "value", "x")))
                        .message())
                .isEmpty();
    }

    @Test
    void null_is_as_good_as_absent() {
        var nothing = Json.yaml("""
                capacity: 1
                discoveryHandler: {name: mqtt-table, discoveryProperties: null}
                brokerSpec: {brokerPodSpec: null}
                instanceServiceSpec: null
                configurationServiceSpec: null
                """);

        assertThat(creates(Json.with(ours(), nothing, "spec")).message()).isEmpty();
    }

    @Test
    void its_author_must_be_able_to_read_the_secrets_that_it_names() {
        var one = naming(ours(), secret("mqtt-one"));
        var right = "secrets/" + api().namespace() + "/mqtt-one";

        assertThat(creates(PERSON, one))
                .isEqualTo(new Verdict(
                        false,
                        api().policy("gate"),
                        "Forbidden",
                        "the gate of akri-mqtt: jane@example.com has no right to get secrets "
                                + api().namespace()
                                + "/mqtt-one, which spec.discoveryHandler.discoveryProperties names (expected: somebody who has"
                                + " it, or a role; without a namespace, Akri takes 'default')"));
        assertThat(creates(PERSON.reading(right), one).message()).isEmpty();
        assertThat(creates(PERSON.reading("configmaps/" + api().namespace() + "/mqtt-one"), one)
                        .allowed())
                .isFalse();
        assertThat(creates(PERSON.reading("secrets/" + api().elsewhere() + "/mqtt-one"), one)
                        .allowed())
                .isFalse();
        assertThat(creates(PERSON, foreign(one)).policy()).isEqualTo(api().policy("gate"));
        assertThat(creates(PERSON.reading(right), foreign(one)).allowed()).isTrue();
    }

    @Test
    void config_maps_are_no_different() {
        var one = naming(
                ours(),
                from(
                        "mqtt_ca",
                        "configMapKeyRef",
                        Map.of("name", "mqtt-one", "namespace", api().namespace(), "key", "ca", "optional", true)));

        assertThat(creates(PERSON.reading("secrets/" + api().namespace() + "/mqtt-one"), one)
                        .message())
                .contains("configmaps " + api().namespace() + "/mqtt-one");
        assertThat(creates(PERSON.reading("configmaps/" + api().namespace() + "/mqtt-one"), one)
                        .allowed())
                .isTrue();
    }

    @Test
    void without_a_namespace_the_secret_is_that_of_default() {
        var one = naming(ours(), from("mqtt_password", "secretKeyRef", Map.of("name", "mqtt-one", "key", "password")));

        assertThat(creates(PERSON.reading("secrets/" + api().namespace() + "/mqtt-one"), one)
                        .message())
                .contains("secrets default/mqtt-one");
        assertThat(creates(PERSON.reading("secrets/default/mqtt-one"), one).allowed())
                .isTrue();
    }

    @Test
    void each_of_many_secrets_is_looked_at_and_each_once() {
        var names = IntStream.range(0, 16).mapToObj(i -> "mqtt-" + i).toList();
        var properties = new ArrayList<Object>();
        names.forEach(name -> IntStream.range(0, 5).forEach(i -> properties.add(secret(name))));
        var many = naming(ours(), properties.toArray());
        var rights = names.stream()
                .map(name -> "secrets/" + api().namespace() + "/" + name)
                .toArray(String[]::new);
        var allButTheLast = List.of(rights).subList(0, 15).toArray(String[]::new);

        assertThat(creates(PERSON.reading(rights), many).message()).isEmpty();
        assertThat(creates(PERSON.reading(allButTheLast), many).message()).contains("/mqtt-15, ");

        properties.add(secret("mqtt-16"));
        assertThat(creates(PERSON.reading(rights), naming(ours(), properties.toArray()))
                        .message())
                .contains("names more than 16 Secrets and ConfigMaps");
    }

    @Test
    void an_edit_is_a_new_claim_to_the_secrets() {
        var before = naming(ours(), secret("mqtt-one"));
        var after = Json.with(
                before,
                "serverUrls: [tcp://elsewhere.example.com:1883]\ntopics: [robots/+/joints]\n",
                "spec",
                "discoveryHandler",
                "discoveryDetails");

        assertThat(api().admit(Request.update(PERSON, "configurations", before, after))
                        .message())
                .contains("no right to get secrets");
        assertThat(api().admit(Request.update(
                                PERSON.reading("secrets/" + api().namespace() + "/mqtt-one"),
                                "configurations",
                                before,
                                after))
                        .message())
                .isEmpty();
    }

    @Test
    void agents_and_others_who_leave_the_spec_alone_are_not_asked() {
        var before = naming(ours(), secret("mqtt-one"));

        assertThat(api().admit(Request.update(
                                AGENT,
                                "configurations",
                                before,
                                Json.with(before, List.of("rack-a"), "metadata", "finalizers")))
                        .message())
                .isEmpty();
        assertThat(api().admit(Request.update(
                                PERSON,
                                "configurations",
                                before,
                                Json.with(before, "x", "metadata", "annotations", "example.com/note")))
                        .message())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretKeyRef", "configMapKeyRef"})
    void a_reference_without_a_key_would_blind_all_agents(String kind) {
        var one =
                naming(ours(), from("mqtt_password", kind, Map.of("name", "mqtt-one", "namespace", api().namespace())));
        var rights = PERSON.reading(
                "secrets/" + api().namespace() + "/mqtt-one", "configmaps/" + api().namespace() + "/mqtt-one");

        assertThat(creates(rights, one).message()).contains("has no key");
        assertThat(creates(rights, foreign(one)).message()).contains("has no key");
    }

    @Test
    void so_would_one_without_a_handler() {
        assertThat(creates(Json.without(ours(), "spec", "discoveryHandler", "name"))
                        .message())
                .contains("spec.discoveryHandler.name is missing");
        assertThat(creates(Json.without(ours(), "spec")).message()).contains("spec.discoveryHandler.name is missing");
    }

    @ParameterizedTest(name = "{0} characters, of ours: {1}: {2}")
    @CsvSource({"52, true, true", "53, true, false", "53, false, true"})
    void a_name_is_short_enough_for_device_plugins(int length, boolean own, boolean allowed) {
        var named = Json.without(configuration(api().namespace(), "r".repeat(length)), "spec", "brokerSpec");

        assertThat(creates(own ? named : foreign(named)).allowed()).isEqualTo(allowed);
    }

    @Test
    void a_name_is_short_enough_for_pods_on_every_node() {
        int most = 51 - api().longestNode().length();
        var fits = configuration(api().namespace(), "r".repeat(most));
        var tooLong = configuration(api().namespace(), "r".repeat(most + 1));

        assertThat(creates(fits).message()).isEmpty();
        assertThat(creates(tooLong).message())
                .contains("the name has " + (most + 1) + " characters (expected: at most " + most)
                .contains("pods on node " + api().longestNode());
        assertThat(creates(foreign(tooLong)).allowed()).isTrue();
        assertThat(creates(Json.without(tooLong, "spec", "brokerSpec")).allowed())
                .isTrue();
    }

    @ParameterizedTest(name = "{0} characters, of ours: {1}: {2}")
    @CsvSource({"48, true, true", "49, true, false", "49, false, true"})
    void a_name_is_short_enough_for_jobs(int length, boolean own, boolean allowed) {
        var named = Json.with(
                configuration(api().namespace(), "r".repeat(length)),
                Json.yaml(
                        "brokerJobSpec: {template: {spec: {containers: [{name: broker, image: example.com/broker}]}}}"),
                "spec",
                "brokerSpec");
        var verdict = creates(own ? named : foreign(named));

        assertThat(verdict.allowed()).as(verdict.message()).isEqualTo(allowed);
        assertThat(verdict.message()).contains(allowed ? "" : "too long for Jobs (expected: at most 48");
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @CsvSource({
        "robots, instanceServiceSpec, true",
        "robots-2, configurationServiceSpec, true",
        "2-robots, instanceServiceSpec, false",
        "2-robots, none, true",
        "robots.hall, configurationServiceSpec, false",
        "robots.hall, none, true"
    })
    void a_name_fits_the_services(String name, String spec, boolean allowed) {
        var named = configuration(api().namespace(), name);
        var served = Json.with(named, Map.of("type", "ClusterIP"), "spec", spec);

        assertThat(creates(spec.equals("none") ? named : served).allowed()).isEqualTo(allowed);
        assertThat(creates(foreign(spec.equals("none") ? named : served)).allowed())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOG-LEVEL", "2ND", "A=B", "A B", "é"})
    void names_of_properties_are_names_of_variables(String name) {
        var one = Json.with(ours(), "x", "spec", "brokerProperties", name);

        assertThat(creates(one).message()).contains("become environment variables: '" + name + "'");
        assertThat(creates(foreign(one)).allowed()).isTrue();
        assertThat(creates(Json.with(ours(), "x", "spec", "brokerProperties", "LOG_LEVEL_2"))
                        .allowed())
                .isTrue();
    }

    @Test
    void the_mark_stays_ours() {
        assertThat(creates(Json.with(ours(), "me", "spec", "brokerProperties", "MQTT_REPORTED_BY"))
                        .message())
                .contains("changes MQTT_REPORTED_BY");
        assertThat(creates(Json.with(ours(), "akri-mqtt", "spec", "brokerProperties", "MQTT_REPORTED_BY"))
                        .allowed())
                .isTrue();
    }

    private Map<String, Object> saying(String details) {
        return Json.with(ours(), details, "spec", "discoveryHandler", "discoveryDetails");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serverUrls: [tcp://robot:s3cret@mqtt.example.com:1883]",
                "serverUrls:\n- ssl://robot@mqtt.example.com",
                "serverUrls: ['tcp://a:1883', \"wss://u:p@b/mqtt\"]",
                "password: x",
                "connection:\n  mqtt_password: x",
                "connection: {user: a, Password: x}",
                "connection: {\"passwd\":\"x\"}",
                "'pass phrase': 1\npassphrase:\n  x",
                "- token: x",
                "client-secret : x",
                "privateKey: |\n  x",
                "tls:\n  something: |\n    -----BEGIN EC PRIVATE KEY-----\n    x"
            })
    void credentials_are_not_in_the_details(String details) {
        var verdict = creates(saying(details));

        assertThat(verdict.message())
                .contains("(expected: discoveryProperties mqtt_")
                .doesNotContain("s3cret");
        assertThat(creates(foreign(saying(details))).allowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "serverUrls: [tcp://mqtt.example.com:1883]\ntopics: [robots/+/token]",
                "serverUrls:\n  - {url: 'ssl://plant:8883', alias: p, credentials: plant_b}",
                "topics: ['users/@all/password', a@b]",
                "# not here: see the Secret\nserverUrls: [tcp://a]",
                "presence: {status: {topic: 'a/{device}', field: token}}",
                "serverUrls: [tcp://a/] # ask jane@example.com",
                "topics: [secret:stuff/+]"
            })
    void what_only_looks_like_them_comes_in(String details) {
        assertThat(creates(saying(details)).message()).isEmpty();
    }

    @Test
    void details_are_read_up_to_their_longest() {
        assertThat(creates(saying("x".repeat(262_144))).message()).isEmpty();
        assertThat(creates(saying("x".repeat(262_000) + "\npassword: x")).message())
                .contains("key for credentials");
        assertThat(creates(saying("x".repeat(262_145))).message()).contains("longer than 262144");
    }

    @Test
    void one_name_is_in_one_namespace() {
        api().put(ours());
        var second = configuration(api().elsewhere(), "tbl-robots");

        assertThat(creates(second))
                .isEqualTo(new Verdict(
                        false,
                        api().policy("gate-names"),
                        "Invalid",
                        "the gate of akri-mqtt: namespace "
                                + api().namespace()
                                + " has a Configuration named tbl-robots (expected: another name); Akri knows Configurations by"
                                + " name alone, and would give this one the devices of that one"));
        assertThat(creates(foreign(second)).allowed()).isFalse();
        assertThat(creates(configuration(api().elsewhere(), "lamps")).allowed()).isTrue();
        assertThat(creates(configuration(api().namespace(), "lamps")).allowed()).isTrue();
    }
}
