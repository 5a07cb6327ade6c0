package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Caller;

/** Objects and callers for tests. */
final class Instances {

    static final String NS = "default";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Instances() {}

    /** JSON with single quotes. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** What the agent of a node applies. */
    static ObjectNode applied(String node, String property) {
        return json("""
                {'spec': {'configurationName': 'mqtt', 'cdiName': 'akri.sh/mqtt=1', 'capacity': 1, 'shared': true,
                          'brokerProperties': {'TOPIC': '%s'}, 'nodes': ['%s']}}""".formatted(property, node));
    }

    /** A whole Instance as it is created. */
    static ObjectNode instance(String name) {
        var object = applied("node-a", "t");
        object.putObject("metadata").put("name", name);
        return object;
    }

    static Caller manager(String name) {
        return Caller.ADMIN.as(name);
    }

    static Caller dryRun() {
        return new Caller("admin", "", "kubectl", true);
    }
}
