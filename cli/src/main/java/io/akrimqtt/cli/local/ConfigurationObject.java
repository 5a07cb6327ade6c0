package io.akrimqtt.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.Source;

/** A checked Configuration as an object of the local cluster's API. */
final class ConfigurationObject {

    private ConfigurationObject() {}

    static ObjectNode of(AkriConfiguration configuration) {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Resource.CONFIGURATION.apiVersion()).put("kind", Resource.CONFIGURATION.kind());
        object.putObject("metadata").put("name", configuration.name()).put("namespace", configuration.namespace());
        var spec = object.putObject("spec");
        handler(spec.putObject("discoveryHandler"), configuration);
        spec.put("capacity", configuration.capacity());
        var properties = spec.putObject("brokerProperties");
        configuration.brokerProperties().forEach(properties::put);
        var workload = configuration.workload();
        if (workload != null && !workload.job()) {
            template(spec.putObject("brokerSpec").putObject("brokerPodSpec"), workload);
        }
        return object;
    }

    private static void handler(ObjectNode handler, AkriConfiguration configuration) {
        handler.put("name", configuration.handlerName());
        handler.put("discoveryDetails", configuration.details().text());
        if (!configuration.properties().isEmpty()) {
            var properties = handler.putArray("discoveryProperties");
            configuration
                    .properties()
                    .forEach(property ->
                            source(properties.addObject().put("name", property.name()), property.source(), true));
        }
    }

    private static void template(ObjectNode pod, AkriConfiguration.Workload workload) {
        var container = pod.putArray("containers").addObject();
        container.put("name", "monitoring-broker");
        if (workload.takesDevice()) {
            container.putObject("resources").putObject("limits").put("{{PLACEHOLDER}}", "1");
        }
        var environment = container.putArray("env");
        workload.environment()
                .forEach(variable ->
                        source(environment.addObject().put("name", variable.name()), variable.source(), false));
    }

    private static void source(ObjectNode entry, Source source, boolean withNamespace) {
        switch (source) {
            case Source.Literal(var value) -> entry.put("value", value);
            case Source.Reference reference -> {
                var selector =
                        entry.putObject("valueFrom").putObject(reference.kind().referenceKey());
                selector.put("name", reference.name()).put("key", reference.key());
                selector.put("optional", reference.optional());
                if (withNamespace) {
                    selector.put("namespace", reference.namespace());
                }
            }
        }
    }
}
