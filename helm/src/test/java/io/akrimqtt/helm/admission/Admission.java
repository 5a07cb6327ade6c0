package io.akrimqtt.helm.admission;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ParamRef;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The policies in force, and the objects that their parameters can be. Immutable. */
public final class Admission {

    private final Map<String, Policy> policies;
    private final List<ValidatingAdmissionPolicyBinding> bindings;
    private final List<Map<String, Object>> present;

    /** Puts policies and bindings in force; one that does not compile is an error that says where. */
    public Admission(Collection<HasMetadata> objects) {
        policies = only(objects, ValidatingAdmissionPolicy.class)
                .map(Policy::new)
                .collect(Collectors.toMap(Policy::name, Function.identity()));
        bindings = only(objects, ValidatingAdmissionPolicyBinding.class).toList();
        present = List.of();
    }

    private Admission(
            Map<String, Policy> policies,
            List<ValidatingAdmissionPolicyBinding> bindings,
            List<Map<String, Object>> present) {
        this.policies = policies;
        this.bindings = bindings;
        this.present = List.copyOf(present);
    }

    private static <T> Stream<T> only(Collection<HasMetadata> objects, Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }

    /** The same, where policies with parameters find this object too. */
    public Admission with(Map<String, Object> object) {
        var more = new ArrayList<>(present);
        more.add(object);
        return new Admission(policies, bindings, more);
    }

    /** The first refusal, or none. */
    public Verdict admit(Request request) {
        return bindings.stream()
                .flatMap(binding -> verdicts(binding, request))
                .filter(verdict -> !verdict.allowed())
                .findFirst()
                .orElse(Verdict.ALLOWED);
    }

    private Stream<Verdict> verdicts(ValidatingAdmissionPolicyBinding binding, Request request) {
        var policy = policies.get(binding.getSpec().getPolicyName());
        if (policy == null || !policy.constrains(request)) {
            return Stream.empty();
        }
        var reference = binding.getSpec().getParamRef();
        return reference == null
                ? Stream.of(policy.decide(request, null))
                : present.stream()
                        .filter(object -> refersTo(policy, reference, object))
                        .map(object -> policy.decide(request, object));
    }

    /** The selector of all our bindings takes everything. */
    private static boolean refersTo(Policy policy, ParamRef reference, Map<String, Object> object) {
        var metadata = (Map<?, ?>) object.getOrDefault("metadata", Map.of());
        return policy.takes(String.valueOf(object.get("kind")))
                && (reference.getNamespace() == null || reference.getNamespace().equals(metadata.get("namespace")));
    }
}
