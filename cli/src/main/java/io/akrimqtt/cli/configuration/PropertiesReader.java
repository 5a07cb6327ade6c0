package io.akrimqtt.cli.configuration;

import io.akrimqtt.cli.configuration.AkriConfiguration.DiscoveryProperty;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads {@code discoveryProperties}: what a Configuration gives its handler beside the details. */
final class PropertiesReader {

    /** Akri looks there, and not in the Configuration's namespace, where a reference names no namespace. */
    private static final ReferenceReader REFERENCES =
            new ReferenceReader(List.of("name", "namespace", "key", "optional"), ObjectReader.DEFAULT_NAMESPACE);

    List<DiscoveryProperty> read(YamlMap handler) {
        var properties = new ArrayList<DiscoveryProperty>();
        var names = new HashSet<String>();
        for (var item : handler.get("discoveryProperties").map(YamlValue::list).orElse(List.of())) {
            item.map().flatMap(PropertiesReader::property).ifPresent(property -> {
                if (!names.add(property.name())) {
                    item.error("the property " + Quote.of(property.name()) + " for the second time", "each name once");
                }
                properties.add(property);
            });
        }
        return properties;
    }

    private static Optional<DiscoveryProperty> property(YamlMap map) {
        map.allow(List.of("name", "value", "valueFrom"));
        var value = map.require("name", "the property's name");
        var name = value.flatMap(YamlValue::text);
        name.ifPresent(text -> value.ifPresent(place -> PropertyNames.checkDiscoveryProperty(text, place)));
        var source = REFERENCES.source(map);
        return name.flatMap(text -> source.map(from -> new DiscoveryProperty(text, from)));
    }
}
