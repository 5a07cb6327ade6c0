package io.akrimqtt.helm.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The environment of a container: what the kubelet and Akri make of a pod template. */
final class PodEnvironment {

    private PodEnvironment() {}

    /**
     * The variables that a template sets itself.
     *
     * @param downward what stands for the fields of the pod, by path
     */
    static Map<String, String> of(JsonNode container, Map<String, String> downward) {
        var variables = new LinkedHashMap<String, String>();
        for (var each : container.path("env")) {
            var name = each.path("name").asText();
            var field = each.at("/valueFrom/fieldRef/fieldPath").asText();
            var before = variables.put(
                    name,
                    field.isEmpty() ? each.path("value").asText() : downward.getOrDefault(field, "no such field"));
            if (before != null) {
                throw new AssertionError(name + " is there twice");
            }
        }
        return variables;
    }

    /**
     * The variables of a workload. Akri gives each property under its own name and once more with the hash of the Instance; what the template
     * sets wins.
     *
     * @param device the properties that the handler reports
     */
    static Map<String, String> workload(Manifest configuration, Map<String, String> device, String hash) {
        var properties = new LinkedHashMap<>(device);
        configuration
                .at("/spec/brokerProperties")
                .properties()
                .forEach(each -> properties.put(each.getKey(), each.getValue().asText()));
        var variables = new LinkedHashMap<String, String>();
        properties.forEach((name, value) -> {
            variables.put(name, value);
            variables.put(name + "_" + hash, value);
        });
        variables.putAll(of(configuration.at("/spec/brokerSpec/brokerPodSpec/containers/0"), Map.of()));
        variables.put("HOSTNAME", "rack-a-" + configuration.name() + "-" + hash.toLowerCase(Locale.ROOT) + "-pod");
        return variables;
    }
}
