package io.akrimqtt.cli.configuration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping with keys of text. A key that comes twice, and a merge key, are findings. Confined to its reader. */
final class YamlMap {

    private final YamlValue value;
    private final Map<String, YamlValue> entries;
    private final Map<String, YamlValue> keys;

    private YamlMap(YamlValue value, Map<String, YamlValue> entries, Map<String, YamlValue> keys) {
        this.value = value;
        this.entries = entries;
        this.keys = keys;
    }

    static YamlMap of(YamlValue value, MappingNode mapping) {
        var entries = new LinkedHashMap<String, YamlValue>();
        var keys = new TreeMap<String, YamlValue>();
        for (var tuple : mapping.getValue()) {
            var place = new YamlValue(tuple.getKeyNode(), value.path(), value.findings());
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar) || Tag.NULL.equals(scalar.getTag())) {
                place.error("a key that is no text", "a key of text, in quotes where it begins with a brace");
            } else if (Tag.MERGE.equals(scalar.getTag())) {
                place.error("the merge key '<<'", "each key written out");
            } else {
                var name = scalar.getValue();
                var path = value.path().isEmpty() ? name : value.path() + "." + name;
                var key = new YamlValue(scalar, path, value.findings());
                if (keys.putIfAbsent(name, key) != null) {
                    key.error("the key " + Quote.of(name) + " for the second time", "each key once");
                } else {
                    entries.put(name, new YamlValue(tuple.getValueNode(), path, value.findings()));
                }
            }
        }
        return new YamlMap(value, entries, keys);
    }

    /** Where it stands. */
    YamlValue value() {
        return value;
    }

    /** What a key has; empty for an absent key and for a key with nothing. */
    Optional<YamlValue> get(String key) {
        return Optional.ofNullable(entries.get(key)).filter(entry -> !entry.absent());
    }

    /** The same; absence is a finding. */
    Optional<YamlValue> require(String key, String expected) {
        var entry = get(key);
        if (entry.isEmpty()) {
            value.error("no '" + key + "'", expected);
        }
        return entry;
    }

    /** The place of a key that is there. */
    YamlValue key(String key) {
        return Optional.ofNullable(keys.get(key)).orElse(value);
    }

    Map<String, YamlValue> entries() {
        return entries;
    }

    boolean has(String key) {
        return get(key).isPresent();
    }

    /** Each other key is a finding, with the known key that it resembles. */
    void allow(List<String> known) {
        keys.forEach((name, key) -> {
            if (!known.contains(name)) {
                key.error(
                        "the unknown key " + Quote.of(name),
                        Quote.nearest(name, known)
                                .map(near -> "'" + near + "'")
                                .orElseGet(() -> "one of " + String.join(", ", known)));
            }
        });
    }
}
