package io.akrimqtt.cli.configuration;

import io.akrimqtt.cli.configuration.Source.Kind;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code value} and {@code valueFrom}, of discovery properties and of environment variables.
 *
 * @param keys what a selector may have
 * @param namespace where objects are that a selector names without a namespace
 */
record ReferenceReader(List<String> keys, String namespace) {

    ReferenceReader {
        keys = List.copyOf(keys);
    }

    /** Empty where there is neither, or nothing that we can follow; what is wrong is found either way. */
    Optional<Source> source(YamlMap map) {
        var value = map.get("value");
        var from = map.get("valueFrom");
        if (value.isPresent() && from.isPresent()) {
            from.get().error("value and valueFrom", "one of them");
            return Optional.empty();
        }
        if (value.isPresent()) {
            return value.get().text().map(Source.Literal::new);
        }
        if (from.isEmpty()) {
            map.value().error("neither value nor valueFrom", "one of them");
            return Optional.empty();
        }
        return from.get().map().flatMap(this::reference);
    }

    private Optional<Source> reference(YamlMap from) {
        var secret = from.get(Kind.SECRET.referenceKey());
        var configMap = from.get(Kind.CONFIG_MAP.referenceKey());
        from.allow(List.of(Kind.SECRET.referenceKey(), Kind.CONFIG_MAP.referenceKey()));
        if (secret.isPresent() == configMap.isPresent()) {
            from.value()
                    .error(
                            secret.isPresent()
                                    ? "secretKeyRef and configMapKeyRef"
                                    : "neither secretKeyRef nor configMapKeyRef",
                            "one of them");
            return Optional.empty();
        }
        var kind = secret.isPresent() ? Kind.SECRET : Kind.CONFIG_MAP;
        return from.get(kind.referenceKey()).flatMap(YamlValue::map).flatMap(selector -> select(kind, selector));
    }

    private Optional<Source> select(Kind kind, YamlMap selector) {
        selector.allow(keys);
        var name = selector.require("name", "the " + kind.title() + "'s name").flatMap(YamlValue::text);
        var key = selector.require(
                        "key",
                        "the key inside the " + kind.title()
                                + ": without it Akri's agents read no Configuration at all")
                .flatMap(YamlValue::text);
        var where = selector.get("namespace").flatMap(YamlValue::text).orElse(namespace);
        boolean optional = selector.get("optional").flatMap(YamlValue::bool).orElse(false);
        if (name.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Source.Reference(
                kind,
                where,
                name.get(),
                key.get(),
                optional,
                selector.value().line(),
                selector.value().column()));
    }
}
