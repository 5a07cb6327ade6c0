package io.akrimqtt.cli.configuration;

import io.akrimqtt.cli.configuration.AkriConfiguration.DiscoveryProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one Configuration by its custom resource definition, and what the agent takes beyond it. Confined to its reader. */
final class ConfigurationReader {

    private static final List<String> SPEC = List.of(
            "discoveryHandler",
            "capacity",
            "brokerSpec",
            "instanceServiceSpec",
            "configurationServiceSpec",
            "brokerProperties");

    private static final List<String> MOVED = List.of("discoveryDetails", "discoveryProperties");

    private final YamlSource source;

    ConfigurationReader(YamlSource source) {
        this.source = source;
    }

    /** Empty where too little can be read to go on; what is wrong is found either way. */
    Optional<AkriConfiguration> read(YamlMap object) {
        object.allow(List.of("apiVersion", "kind", "metadata", "spec"));
        var metadata = object.require("metadata", "metadata with a name").flatMap(YamlValue::map);
        var name = metadata.flatMap(map -> map.require("name", "the Configuration's name"));
        var spec = object.require("spec", "spec with discoveryHandler").flatMap(YamlValue::map);
        if (spec.isEmpty()) {
            return Optional.empty();
        }
        var namespace = metadata.flatMap(map -> map.get("namespace"))
                .flatMap(YamlValue::text)
                .orElse(ObjectReader.DEFAULT_NAMESPACE);
        var handler = handler(spec.get());
        var workload = new WorkloadReader(namespace);
        var properties = brokerProperties(spec.get());
        int capacity = capacity(spec.get());
        var started = workload.read(spec.get());
        if (handler.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        return name.get()
                .text()
                .map(text -> new AkriConfiguration(
                        source.name(),
                        name.get().line(),
                        name.get().column(),
                        text,
                        namespace,
                        handler.get().name(),
                        handler.get().details(),
                        handler.get().properties(),
                        capacity,
                        properties,
                        started.orElse(null)));
    }

    private record Handler(String name, DetailsText details, List<DiscoveryProperty> properties) {}

    private Optional<Handler> handler(YamlMap spec) {
        for (var key : MOVED) {
            if (spec.has(key)) {
                spec.key(key).error("where Akri does not look", "spec.discoveryHandler." + key);
            }
        }
        var known = new ArrayList<>(SPEC);
        known.addAll(MOVED);
        spec.allow(known);
        var handler = spec.require("discoveryHandler", "discoveryHandler with name and discoveryDetails")
                .flatMap(YamlValue::map);
        if (handler.isEmpty()) {
            return Optional.empty();
        }
        handler.get().allow(List.of("name", "discoveryDetails", "discoveryProperties"));
        var name = handler.get()
                .require("name", "the name of a discovery handler, for example mqtt")
                .flatMap(YamlValue::text);
        var details = spec.has("discoveryDetails") ? unreadable(handler.get().value()) : details(handler.get());
        var properties = new PropertiesReader().read(handler.get());
        return name.map(text -> new Handler(text, details, properties));
    }

    private DetailsText details(YamlMap handler) {
        var value = handler.get("discoveryDetails");
        if (value.isEmpty()) {
            return new DetailsText("", handler.value().line(), handler.value().column(), null, true);
        }
        if (value.get().isMap()) {
            value.get().error("a mapping", "text; write discoveryDetails: | and keep the lines below it indented");
            return unreadable(value.get());
        }
        return value.get()
                .text()
                .map(text -> source.details(value.get(), text))
                .orElseGet(() -> unreadable(value.get()));
    }

    /** Something has been said about them already. */
    private static DetailsText unreadable(YamlValue value) {
        return new DetailsText("", value.line(), value.column(), null, false);
    }

    private static int capacity(YamlMap spec) {
        var value = spec.get("capacity");
        if (value.isEmpty()) {
            return 1;
        }
        int capacity = value.get().integer().orElse(1);
        if (capacity < 1) {
            value.get().error(Integer.toString(capacity), "1 or more");
        }
        return Math.max(1, capacity);
    }

    private static Map<String, String> brokerProperties(YamlMap spec) {
        var properties = new TreeMap<String, String>();
        spec.get("brokerProperties")
                .flatMap(YamlValue::map)
                .ifPresent(map -> map.entries().forEach((name, value) -> {
                    PropertyNames.checkBrokerProperty(name, value);
                    value.text().ifPresent(text -> properties.put(name, text));
                }));
        return properties;
    }
}
