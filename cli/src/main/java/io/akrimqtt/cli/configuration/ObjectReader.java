package io.akrimqtt.cli.configuration;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the kinds of objects apart and reads those that concern us. Confined to its reader. */
final class ObjectReader {

    /** The namespace of an object that names none. */
    static final String DEFAULT_NAMESPACE = "default";

    private static final String API_VERSION = "akri.sh/v0";

    private final YamlSource source;
    private final DataObjects data;
    private final List<AkriConfiguration> configurations;

    ObjectReader(YamlSource source, DataObjects data, List<AkriConfiguration> configurations) {
        this.source = source;
        this.data = data;
        this.configurations = configurations;
    }

    void read(YamlValue document) {
        if (!document.absent()) {
            document.map().ifPresent(map -> object(map, true));
        }
    }

    /** A list inside a list would let a short text go on for ever, by an alias. */
    private void object(YamlMap object, boolean listAllowed) {
        var kind = object.require("kind", "a Kubernetes object with apiVersion and kind")
                .flatMap(YamlValue::text);
        var version = object.require("apiVersion", "a Kubernetes object with apiVersion and kind")
                .flatMap(YamlValue::text);
        if (kind.isEmpty() || version.isEmpty()) {
            return;
        }
        switch (kind.get()) {
            case "Configuration" -> configuration(object, version.get());
            case "Secret" -> data(object, Source.Kind.SECRET);
            case "ConfigMap" -> data(object, Source.Kind.CONFIG_MAP);
            case "List" -> {
                if (listAllowed) {
                    object.get("items")
                            .map(YamlValue::list)
                            .orElse(List.of())
                            .forEach(item -> item.map().ifPresent(map -> object(map, false)));
                } else {
                    object.value().error("a List inside a List", "its items in one List");
                }
            }
            default -> ignored(object, kind.get());
        }
    }

    private void configuration(YamlMap object, String version) {
        if (version.equals(API_VERSION)) {
            new ConfigurationReader(source).read(object).ifPresent(configurations::add);
        } else if (version.startsWith("akri.sh/")) {
            object.get("apiVersion").ifPresent(value -> value.error(Quote.of(version), API_VERSION));
        } else {
            ignored(object, "Configuration of " + version);
        }
    }

    private static void ignored(YamlMap object, String kind) {
        object.key("kind").note("a " + kind + " is not looked at", "nothing of it here");
    }

    private void data(YamlMap object, Source.Kind kind) {
        var metadata = object.require("metadata", "metadata with a name").flatMap(YamlValue::map);
        var name = metadata.flatMap(map -> map.require("name", "the object's name"))
                .flatMap(YamlValue::text);
        if (name.isEmpty()) {
            return;
        }
        var namespace = metadata.flatMap(map -> map.get("namespace"))
                .flatMap(YamlValue::text)
                .orElse(DEFAULT_NAMESPACE);
        boolean secret = kind == Source.Kind.SECRET;
        var values = new HashMap<String, byte[]>();
        object.get(secret ? "data" : "binaryData").flatMap(YamlValue::map).ifPresent(map -> encoded(map, values));
        object.get(secret ? "stringData" : "data").flatMap(YamlValue::map).ifPresent(map -> plain(map, values));
        if (!data.add(kind, namespace, name.get(), values)) {
            object.value().error(kind.title() + " " + namespace + "/" + name.get() + " for the second time", "it once");
        }
    }

    private static void encoded(YamlMap map, Map<String, byte[]> values) {
        map.entries()
                .forEach((key, value) ->
                        value.text().flatMap(text -> decode(value, text)).ifPresent(bytes -> values.put(key, bytes)));
    }

    private static Optional<byte[]> decode(YamlValue value, String text) {
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            value.error("text that is no base64", "base64; or the plain text under stringData");
            return Optional.empty();
        }
    }

    private static void plain(YamlMap map, Map<String, byte[]> values) {
        map.entries()
                .forEach((key, value) ->
                        value.text().ifPresent(text -> values.put(key, text.getBytes(StandardCharsets.UTF_8))));
    }
}
