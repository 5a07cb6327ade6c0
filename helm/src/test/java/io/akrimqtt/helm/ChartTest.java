package io.akrimqtt.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.akrimqtt.helm.admission.Admission;
import io.akrimqtt.helm.admission.Request;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Validation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart consists of, with which values. */
class ChartTest {

    private static final Chart STANDARD = Chart.rendered("");

    private static List<String> names(Chart chart, Class<? extends HasMetadata> type) {
        return chart.objects(type).stream()
                .map(each -> each.getMetadata().getName())
                .toList();
    }

    @Test
    void all_policies_are_there_and_named_for_the_release() {
        assertThat(names(STANDARD, ValidatingAdmissionPolicy.class))
                .containsExactlyInAnyOrder(
                        "plant-akri-mqtt-guard",
                        "plant-akri-mqtt-gate",
                        "plant-akri-mqtt-gate-nodes",
                        "plant-akri-mqtt-gate-names",
                        "plant-akri-mqtt-fence-instances",
                        "plant-akri-mqtt-fence-configurations");
        assertThat(names(Chart.rendered("akri-mqtt", ""), ValidatingAdmissionPolicy.class))
                .contains("akri-mqtt-guard");
        assertThat(names(Chart.rendered("fullnameOverride: other"), ValidatingAdmissionPolicy.class))
                .contains("other-guard");
    }

    @Test
    void each_policy_is_bound_and_denies() {
        var bindings = STANDARD.objects(ValidatingAdmissionPolicyBinding.class);

        assertThat(bindings)
                .extracting(each -> each.getSpec().getPolicyName())
                .containsAll(names(STANDARD, ValidatingAdmissionPolicy.class))
                .isSubsetOf(names(STANDARD, ValidatingAdmissionPolicy.class));
        assertThat(bindings)
                .allSatisfy(each ->
                        assertThat(each.getSpec().getValidationActions()).isEqualTo(List.of("Deny")));
        assertThat(bindings).extracting(each -> each.getMetadata().getName()).doesNotHaveDuplicates();
    }

    @Test
    void names_are_looked_for_where_configurations_live() {
        assertThat(names(STANDARD, ValidatingAdmissionPolicyBinding.class))
                .contains("plant-akri-mqtt-gate-names-mqtt", "plant-akri-mqtt-gate-names-default");
        assertThat(Chart.rendered("gate: {namespaces: [hall]}").objects(ValidatingAdmissionPolicyBinding.class))
                .filteredOn(each -> each.getSpec().getPolicyName().endsWith("-gate-names"))
                .extracting(
                        each -> each.getMetadata().getName(),
                        each -> each.getSpec().getParamRef().getNamespace(),
                        each -> each.getSpec().getParamRef().getParameterNotFoundAction())
                .containsExactly(tuple("plant-akri-mqtt-gate-names-hall", "hall", "Allow"));
    }

    @ParameterizedTest
    @CsvSource({"guard, 1", "gate, 3", "fence, 2"})
    void each_part_can_be_left_out(String part, int policies) {
        var without = Chart.rendered(part + ": {enabled: false}");

        assertThat(names(without, ValidatingAdmissionPolicy.class))
                .hasSize(6 - policies)
                .noneMatch(name -> name.contains("-mqtt-" + part));
        assertThat(names(without, ValidatingAdmissionPolicyBinding.class))
                .noneMatch(name -> name.contains("-mqtt-" + part));
    }

    @Test
    void only_the_length_of_names_is_not_worth_an_outage() {
        assertThat(STANDARD.objects(ValidatingAdmissionPolicy.class))
                .allSatisfy(policy -> assertThat(policy.getSpec().getFailurePolicy())
                        .isEqualTo(policy.getMetadata().getName().endsWith("-gate-nodes") ? "Ignore" : "Fail"));
    }

    @Test
    void who_is_meant_is_the_first_thing_asked() {
        assertThat(STANDARD.objects(ValidatingAdmissionPolicy.class))
                .filteredOn(policy -> policy.getMetadata().getName().matches(".*-(guard|fence-.*)"))
                .hasSize(3)
                .allSatisfy(policy -> assertThat(
                                policy.getSpec().getMatchConditions().getFirst().getExpression())
                        .contains("request.userInfo.username")
                        .doesNotContain("bject"));
    }

    @Test
    void each_refusal_says_why_in_one_line() {
        assertThat(STANDARD.objects(ValidatingAdmissionPolicy.class))
                .flatExtracting(policy -> policy.getSpec().getValidations())
                .hasSizeGreaterThan(40)
                .allSatisfy(validation -> assertThat(validation.getMessage())
                        .matches("the (guard|gate|fence) of akri-mqtt.*")
                        .doesNotContain("\n"));
    }

    /** As it is told in general, and as it is told with what came. */
    @Test
    void each_refusal_of_the_gate_says_what_to_do() {
        assertThat(Chart.rendered("gate: {closed: true}").objects(ValidatingAdmissionPolicy.class))
                .filteredOn(policy -> policy.getMetadata().getName().contains("-gate"))
                .hasSize(3)
                .flatExtracting(policy -> policy.getSpec().getValidations())
                .flatExtracting(Validation::getMessage, Validation::getMessageExpression)
                .filteredOn(Objects::nonNull)
                .hasSizeGreaterThan(35)
                .allSatisfy(text -> assertThat(String.valueOf(text)).contains("(expected: "));
    }

    @Test
    void values_with_quotes_stay_text() {
        var chart = Chart.rendered("akri: {agent: {users: ['a\" || true || \"']}}");

        assertThat(new Admission(chart.objects())
                        .admit(Request.delete(
                                Samples.PERSON, "instances", Samples.instance(List.of("rack-a"), List.of())))
                        .allowed())
                .isTrue();
    }
}
