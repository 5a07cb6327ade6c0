package io.akrimqtt.cli.configuration;

import io.akrimqtt.cli.configuration.AkriConfiguration.Variable;
import io.akrimqtt.cli.configuration.AkriConfiguration.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code brokerSpec}: what Akri starts for each device. Only what Akri or we go by is looked at. */
final class WorkloadReader {

    /** Akri puts the resource of the Instance in its place. */
    private static final String PLACEHOLDER = "{{PLACEHOLDER}}";

    private final ReferenceReader references;

    WorkloadReader(String namespace) {
        references = new ReferenceReader(List.of("name", "key", "optional"), namespace);
    }

    /** Empty for Instances without workloads. */
    Optional<Workload> read(YamlMap spec) {
        var broker = spec.get("brokerSpec").flatMap(YamlValue::map);
        if (broker.isEmpty()) {
            spec.value()
                    .note(
                            "no brokerSpec: devices become Instances without workloads",
                            "brokerSpec, if workloads are wanted");
            return Optional.empty();
        }
        broker.get().allow(List.of("brokerPodSpec", "brokerJobSpec"));
        var pod = broker.get().get("brokerPodSpec");
        var job = broker.get().get("brokerJobSpec");
        if (pod.isPresent() && job.isPresent()) {
            job.get().error("brokerPodSpec and brokerJobSpec", "one of them");
        }
        if (pod.isEmpty() && job.isEmpty()) {
            broker.get().value().error("neither brokerPodSpec nor brokerJobSpec", "one of them");
        }
        if (pod.isPresent()) {
            return pod.get().map().map(map -> {
                affinity(map);
                return workload(map, false);
            });
        }
        return job.flatMap(YamlValue::map)
                .flatMap(map -> map.require("template", "the Job's pod template"))
                .flatMap(YamlValue::map)
                .flatMap(map -> map.require("spec", "the pod's spec"))
                .flatMap(YamlValue::map)
                .map(map -> workload(map, true));
    }

    /** Akri pins a pod to its node by one more term, and terms are alternatives. */
    private static void affinity(YamlMap pod) {
        var required = "requiredDuringSchedulingIgnoredDuringExecution";
        pod.get("affinity")
                .flatMap(YamlValue::map)
                .flatMap(map -> map.get("nodeAffinity"))
                .flatMap(YamlValue::map)
                .filter(map -> map.has(required))
                .ifPresent(map -> map.key(required)
                        .error(
                                "a required node affinity, which lets pods run on nodes without the device",
                                "none: Akri chooses the node; preferences are fine"));
    }

    private Workload workload(YamlMap pod, boolean job) {
        var environment = new ArrayList<Variable>();
        var takers = new ArrayList<YamlMap>();
        var containers = pod.require("containers", "a list of containers");
        for (var item : containers.map(YamlValue::list).orElse(List.of())) {
            item.map().ifPresent(container -> {
                var variables = variables(container);
                if (takesDevice(container)) {
                    takers.add(container);
                    environment.addAll(takers.size() == 1 ? variables : List.of());
                }
            });
        }
        for (var item : pod.get("initContainers").map(YamlValue::list).orElse(List.of())) {
            item.map().filter(WorkloadReader::takesDevice).ifPresent(takers::add);
        }
        takers.stream()
                .skip(1)
                .forEach(container -> container
                        .value()
                        .error(
                                "a second container that asks for the device: each takes one of its slots",
                                "one container"));
        if (takers.isEmpty()) {
            containers.ifPresent(value -> value.error(
                    "no container with '" + PLACEHOLDER
                            + "' in resources.limits: none would get the device's properties",
                    "'" + PLACEHOLDER + "': \"1\" in the limits of one container"));
        }
        return new Workload(job, environment, !takers.isEmpty());
    }

    private List<Variable> variables(YamlMap container) {
        var variables = new ArrayList<Variable>();
        for (var item : container.get("env").map(YamlValue::list).orElse(List.of())) {
            item.map().ifPresent(map -> variable(map).ifPresent(variables::add));
        }
        return variables;
    }

    private Optional<Variable> variable(YamlMap map) {
        map.allow(List.of("name", "value", "valueFrom"));
        var name = map.require("name", "the variable's name").flatMap(YamlValue::text);
        boolean other = map.get("valueFrom")
                .filter(YamlValue::isMap)
                .flatMap(YamlValue::map)
                .filter(from -> from.has("fieldRef") || from.has("resourceFieldRef"))
                .isPresent();
        if (other) {
            map.value().note("a value from the pod itself, which exists in a cluster only", "nothing of it here");
            return Optional.empty();
        }
        // Kubernetes takes a variable without a value as one with an empty text.
        var source = map.has("value") || map.has("valueFrom")
                ? references.source(map)
                : Optional.<Source>of(new Source.Literal(""));
        return name.flatMap(text -> source.map(from -> new Variable(text, from)));
    }

    private static boolean takesDevice(YamlMap container) {
        var resources = container.get("resources").flatMap(YamlValue::map);
        var limit = resources
                .flatMap(map -> map.get("limits"))
                .flatMap(YamlValue::map)
                .flatMap(map -> map.get(PLACEHOLDER));
        var request = resources
                .flatMap(map -> map.get("requests"))
                .flatMap(YamlValue::map)
                .flatMap(map -> map.get(PLACEHOLDER));
        if (limit.isEmpty()) {
            request.ifPresent(
                    value -> value.error("a request without a limit", "the same under limits: Kubernetes wants both"));
            return false;
        }
        limit.filter(value -> !(value.node() instanceof ScalarNode scalar
                        && scalar.getValue().equals("1")))
                .ifPresent(value -> value.error("another number of devices than one", "\"1\""));
        return true;
    }
}
