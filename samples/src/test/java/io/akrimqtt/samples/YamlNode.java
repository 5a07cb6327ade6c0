package io.akrimqtt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A value in a YAML document, to walk through in tests. */
record YamlNode(@Nullable Object value) {

    static YamlNode parse(String text) {
        return new YamlNode(new Yaml(new SafeConstructor(new LoaderOptions())).load(text));
    }

    /** The value at these keys; fails where there is none. */
    YamlNode at(String... path) {
        var node = this;
        for (var key : path) {
            node = new YamlNode(node.map().get(key));
            assertThat(node.value()).as(key).isNotNull();
        }
        return node;
    }

    Map<?, ?> map() {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    List<YamlNode> items() {
        return value instanceof List<?> list ? list.stream().map(YamlNode::new).toList() : List.of();
    }

    List<String> texts() {
        return items().stream().map(YamlNode::text).toList();
    }

    String text() {
        return String.valueOf(value);
    }
}
