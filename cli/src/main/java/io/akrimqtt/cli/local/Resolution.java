package io.akrimqtt.cli.local;

import io.akrimqtt.cli.cluster.node.ReferencedData;
import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.DataObjects;
import io.akrimqtt.cli.configuration.Source;
import io.akrimqtt.cli.process.WorkloadTemplate;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;

/** Follows the references of Configurations, as the agent does for discovery and the kubelet for pods. Thread-safe. */
final class Resolution {

    private final DataObjects data;

    Resolution(DataObjects data) {
        this.data = data;
    }

    /** What Configurations refer to, as the agent finds it: in these files, or nowhere. */
    Optional<byte[]> read(ReferencedData.Reference reference) {
        var kind = reference.kind().equals(Source.Kind.SECRET.title()) ? Source.Kind.SECRET : Source.Kind.CONFIG_MAP;
        return data.value(
                new Source.Reference(kind, reference.namespace(), reference.name(), reference.key(), false, 0, 0));
    }

    /** What a workload's containers get beside the device's properties; empty where there are no workloads. */
    Optional<WorkloadTemplate> template(AkriConfiguration configuration) {
        var workload = configuration.workload();
        if (workload == null || workload.job()) {
            return Optional.empty();
        }
        var environment = new HashMap<String, String>();
        for (var variable : workload.environment()) {
            switch (variable.source()) {
                case Source.Literal(var value) -> environment.put(variable.name(), value);
                case Source.Reference reference ->
                    data.value(reference)
                            .ifPresent(bytes ->
                                    environment.put(variable.name(), new String(bytes, StandardCharsets.UTF_8)));
            }
        }
        return Optional.of(new WorkloadTemplate(environment));
    }
}
