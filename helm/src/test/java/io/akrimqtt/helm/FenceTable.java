package io.akrimqtt.helm;

import static io.akrimqtt.helm.Samples.HANDLER;
import static io.akrimqtt.helm.Samples.PERSON;
import static io.akrimqtt.helm.Samples.RELEASED;
import static io.akrimqtt.helm.Samples.configuration;
import static io.akrimqtt.helm.Samples.instance;
import static io.akrimqtt.helm.Samples.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Request.User;
import io.akrimqtt.helm.admission.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fence: the handler, here of rack-a, writes what the caretaker is there for, and nothing else. */
abstract class FenceTable {

    private static final User OURS = HANDLER.on("rack-a");
    private static final String LATER = "2026-11-20T11:00:00Z";

    abstract Api api();

    private Verdict changes(Map<String, Object> before, Map<String, Object> after) {
        var verdict = api().admit(Request.update(OURS, "instances", before, after));

        assertThat(api().admit(Request.update(PERSON, "instances", before, after))
                        .allowed())
                .isTrue();
        return verdict;
    }

    private Verdict changes(Object value, String... path) {
        var before = instance(List.of("rack-a", "rack-b"), List.of());
        return changes(before, Json.with(before, value, path));
    }

    @ParameterizedTest(name = "annotation {0}: {1}")
    @CsvSource({
        "akri-mqtt.io/touched, true",
        "released.akri-mqtt.io/rack-a, true",
        "released.akri-mqtt.io/rack-b, false",
        "released.akri-mqtt.io/rack-ab, false",
        "example.com/note, false",
        "akri-mqtt.io.example.com/note, false"
    })
    void annotates(String key, boolean allowed) {
        var without = instance(List.of("rack-a", "rack-b"), List.of());
        var with = Json.with(without, LATER, "metadata", "annotations", key);
        var other = Json.with(without, "2026-11-20T12:00:00Z", "metadata", "annotations", key);

        assertThat(changes(without, with).allowed()).isEqualTo(allowed);
        assertThat(changes(with, other).allowed()).isEqualTo(allowed);
        assertThat(changes(with, without).allowed()).isEqualTo(allowed);
    }

    @Test
    void without_a_node_in_its_token_it_releases_nothing() {
        var before = instance(List.of("rack-a"), List.of());
        var after = instance(List.of("rack-a"), List.of("rack-a"));

        assertThat(api().admit(Request.update(HANDLER, "instances", before, after)))
                .isEqualTo(new Verdict(
                        false,
                        "plant-akri-mqtt-fence-instances",
                        "Forbidden",
                        "the fence of akri-mqtt: the MQTT discovery handler writes annotations of akri-mqtt.io, and releases of its"
                                + " own node ('' by its token), not released.akri-mqtt.io/rack-a"));
    }

    @Test
    void labels_with_our_prefix_only() {
        assertThat(changes("robot-1", "metadata", "labels", "akri-mqtt.io/device")
                        .allowed())
                .isTrue();
        assertThat(changes("x", "metadata", "labels", "app").message()).contains("labels of akri-mqtt.io only");
    }

    @ParameterizedTest(name = "nodes rack-a (released) and rack-b become {0}: {1}")
    @CsvSource({"rack-a, true", "rack-b, true", "-, true", "rack-a rack-c, false", "rack-a rack-b rack-c, false"})
    void takes_nodes_off(String nodes, boolean allowed) {
        var released = List.of("rack-a");

        assertThat(changes(instance(List.of("rack-a", "rack-b"), released), instance(words(nodes), released))
                        .allowed())
                .isEqualTo(allowed);
    }

    @ParameterizedTest(name = "slot {0} becomes {1}: {2}")
    @CsvSource({
        "rack-b, rack-a, true",
        "'', rack-a, true",
        "-, rack-a, true",
        "C:2:rack-b, C:2:rack-a, true",
        "rack-b, rack-b, true",
        "'', -, true",
        "rack-a, -, true",
        "rack-b, -, false",
        "rack-b, '', false",
        "rack-a, rack-b, false",
        "-, rack-b, false",
        "'', rack-b, false",
        "-, xrack-a, false"
    })
    void hands_slots_over_to_its_own_node(String before, String after, boolean allowed) {
        assertThat(changes(withSlot(before), withSlot(after)).allowed()).isEqualTo(allowed);
    }

    private static Map<String, Object> withSlot(String value) {
        var usage = value.equals("-")
                ? Map.of("robots-4294ea-1", "rack-c")
                : Map.of("robots-4294ea-1", "rack-c", "robots-4294ea-0", value);
        return Json.with(instance(List.of("rack-a", "rack-b"), List.of()), usage, "spec", "deviceUsage");
    }

    @Test
    void takes_finalizers_of_nodes_off_what_is_terminating() {
        var living = Json.with(
                instance(List.of("rack-a"), List.of()),
                List.of("rack-a", "rack-b", "example.com/theirs"),
                "metadata",
                "finalizers");
        var terminating = Json.with(living, LATER, "metadata", "deletionTimestamp");
        var without = List.of("rack-a", "example.com/theirs");

        assertThat(changes(terminating, Json.with(terminating, without, "metadata", "finalizers"))
                        .allowed())
                .isTrue();
        assertThat(changes(terminating, Json.with(terminating, List.of("rack-a", "rack-b"), "metadata", "finalizers"))
                        .allowed())
                .isFalse();
        assertThat(changes(living, Json.with(living, without, "metadata", "finalizers"))
                        .allowed())
                .isFalse();
        assertThat(changes(
                                living,
                                Json.with(
                                        living,
                                        List.of("rack-a", "rack-b", "example.com/theirs", "rack-c"),
                                        "metadata",
                                        "finalizers"))
                        .allowed())
                .isFalse();
    }

    @Test
    void corrects_properties_and_capacity_but_not_the_mark() {
        assertThat(changes("robots/r2", "spec", "brokerProperties", "MQTT_DEVICE_ID")
                        .allowed())
                .isTrue();
        assertThat(changes(2, "spec", "capacity").allowed()).isTrue();
        assertThat(changes("other", "spec", "brokerProperties", "MQTT_REPORTED_BY")
                        .allowed())
                .isFalse();
    }

    @Test
    void leaves_what_an_instance_is() {
        assertThat(changes("lamps", "spec", "configurationName").allowed()).isFalse();
        assertThat(changes("akri.sh/lamps=4294ea", "spec", "cdiName").allowed()).isFalse();
        assertThat(changes(false, "spec", "shared").allowed()).isFalse();
        assertThat(changes(
                                List.of(Map.of("apiVersion", "v1", "kind", "Pod", "name", "x", "uid", "u-2")),
                                "metadata",
                                "ownerReferences")
                        .allowed())
                .isFalse();
    }

    @Test
    void does_not_create() {
        assertThat(api().admit(Request.create(OURS, "instances", instance(List.of("rack-a"), List.of())))
                        .message())
                .contains("does not create Instances");
        assertThat(api().admit(Request.create(OURS, "configurations", configuration(api().namespace(), "tbl-robots")))
                        .allowed())
                .isFalse();
    }

    @Test
    void deletes_only_what_is_on_no_node() {
        var left = instance(List.of(), List.of());
        var foreign = Json.with(left, "akri-onvif", "spec", "brokerProperties", "MQTT_REPORTED_BY");

        assertThat(api().admit(Request.delete(OURS, "instances", left)).allowed())
                .isTrue();
        assertThat(api().admit(Request.delete(OURS, "instances", Json.without(left, "spec", "nodes")))
                        .allowed())
                .isTrue();
        assertThat(api().admit(Request.delete(OURS, "instances", instance(List.of("rack-b"), List.of("rack-b"))))
                        .allowed())
                .isFalse();
        assertThat(api().admit(Request.delete(OURS, "instances", foreign)).allowed())
                .isFalse();
    }

    @Test
    void leaves_instances_of_others_alone() {
        var foreign = Json.without(instance(List.of("rack-a"), List.of()), "spec", "brokerProperties");

        assertThat(changes(foreign, Json.with(foreign, LATER, "metadata", "annotations", RELEASED + "rack-a"))
                        .message())
                .contains("with the property MQTT_REPORTED_BY=akri-mqtt only");
    }

    @Test
    void touches_configurations_and_leaves_them_otherwise() {
        var before =
                Json.with(configuration(api().namespace(), "tbl-robots"), "7", "metadata", "annotations", "theirs");
        var touched = Json.with(before, LATER, "metadata", "annotations", "akri-mqtt.io/touched");

        assertThat(configures(before, touched)).isTrue();
        assertThat(configures(touched, Json.with(touched, "later", "metadata", "annotations", "akri-mqtt.io/touched")))
                .isTrue();
        assertThat(configures(touched, before)).isTrue();
        assertThat(configures(before, Json.with(before, "8", "metadata", "annotations", "theirs")))
                .isFalse();
        assertThat(configures(before, Json.without(before, "metadata", "annotations", "theirs")))
                .isFalse();
        assertThat(configures(before, Json.with(before, LATER, "metadata", "annotations", "akri-mqtt.io/other")))
                .isFalse();
        assertThat(configures(before, Json.with(before, "x", "metadata", "labels", "akri-mqtt.io/device")))
                .isFalse();
        assertThat(configures(before, Json.with(before, List.of("rack-a"), "metadata", "finalizers")))
                .isFalse();
        assertThat(configures(before, Json.with(before, 2, "spec", "capacity"))).isFalse();
        assertThat(configures(
                        before,
                        Json.with(
                                before,
                                List.of(Map.of("apiVersion", "v1", "kind", "Pod", "name", "x", "uid", "u-2")),
                                "metadata",
                                "ownerReferences")))
                .isFalse();
        assertThat(api().admit(Request.delete(OURS, "configurations", before)).allowed())
                .isFalse();
    }

    private boolean configures(Map<String, Object> before, Map<String, Object> after) {
        return api().admit(Request.update(OURS, "configurations", before, after))
                .allowed();
    }
}
