package io.akrimqtt.cli.local;

import io.akrimqtt.cli.agent.AgentConfiguration;
import io.akrimqtt.cli.agent.PropertyBytes;
import io.akrimqtt.cli.agent.UnresolvedPropertyException;
import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.DataObjects;
import io.akrimqtt.cli.configuration.Source;
import io.akrimqtt.cli.process.WorkloadTemplate;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Follows the references of Configurations, as the agent does for discovery and the kubelet for pods. Thread-safe. */
final class Resolution {

    private final DataObjects data;

    Resolution(DataObjects data) {
        this.data = data;
    }

    /** What the agent goes by. */
    AgentConfiguration agent(AkriConfiguration configuration) {
        return new AgentConfiguration(
                configuration.name(),
                configuration.handlerName(),
                configuration.details().text(),
                () -> properties(configuration),
                configuration.capacity(),
                configuration.brokerProperties());
    }

    private Map<String, PropertyBytes> properties(AkriConfiguration configuration) throws UnresolvedPropertyException {
        var properties = new HashMap<String, PropertyBytes>();
        for (var property : configuration.properties()) {
            switch (property.source()) {
                case Source.Literal(var value) -> properties.put(property.name(), PropertyBytes.of(value));
                case Source.Reference reference -> {
                    var bytes = data.value(reference);
                    if (bytes.isPresent()) {
                        properties.put(property.name(), PropertyBytes.of(bytes.get()));
                    } else if (!reference.optional()) {
                        throw new UnresolvedPropertyException(
                                property.name() + ": " + reference + " is not in the files");
                    }
                }
            }
        }
        return properties;
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
