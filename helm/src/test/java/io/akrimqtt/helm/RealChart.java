package io.akrimqtt.helm;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MatchResourcesBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart's policies on a real API server, bound to the namespaces of one test. */
final class RealChart {

    private static final String LABEL = "akri-mqtt.io/test";

    private final KubernetesClient client;
    private final String namespace;
    private final Collection<HasMetadata> objects;
    private final List<HasMetadata> installed = new ArrayList<>();

    RealChart(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        objects = Chart.rendered(Api.values(namespace, namespace)).objects();
    }

    static String elsewhere(String namespace) {
        return namespace + "-elsewhere";
    }

    void install() {
        Stream.of(namespace, elsewhere(namespace))
                .forEach(name -> install(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .addToLabels(LABEL, namespace)
                        .endMetadata()
                        .build()));
        var here = new MatchResourcesBuilder()
                .withNamespaceSelector(new LabelSelectorBuilder()
                        .addToMatchLabels(LABEL, namespace)
                        .build())
                .build();
        for (var object : objects) {
            if (object instanceof ValidatingAdmissionPolicyBinding binding) {
                binding.getSpec().setMatchResources(here);
            }
            install(object);
        }
    }

    private void install(HasMetadata object) {
        installed.add(client.resource(object).create());
    }

    /** By policy; waits until Kubernetes has looked at them all. */
    Map<String, List<String>> typeWarnings() {
        var policies = objects.stream()
                .filter(ValidatingAdmissionPolicy.class::isInstance)
                .map(ValidatingAdmissionPolicy.class::cast)
                .toList();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> policies.stream()
                        .allMatch(each -> client.resource(each).get().getStatus() != null));
        return policies.stream()
                .collect(Collectors.toMap(each -> each.getMetadata().getName(), this::warnings));
    }

    private List<String> warnings(ValidatingAdmissionPolicy policy) {
        var checked = client.resource(policy).get().getStatus().getTypeChecking();
        return checked == null
                ? List.of("not looked at")
                : checked.getExpressionWarnings().stream()
                        .map(each -> each.getFieldRef() + ": " + each.getWarning())
                        .toList();
    }

    /** Deletes what it has created, and nothing that only has the name. */
    void close() {
        installed.reversed().forEach(each -> client.resource(each).delete());
        installed.clear();
    }
}
