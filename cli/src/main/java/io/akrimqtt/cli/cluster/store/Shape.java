package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Resource;
import java.util.HashSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What every object and Akri's two kinds must look like; all else of an object is kept as it came. */
record Shape(Ref ref) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    /** What is applied need not be whole, but must be of the right types. Throws 422 Invalid. */
    void checkApplied(ObjectNode object) {
        checkMetadata(object.path("metadata"));
        optional(object, "spec", "object", JsonNode::isObject);
        optional(object.path("spec"), "nodes", "list of different strings", Shape::isSet);
    }

    /** Throws 422 Invalid. */
    void check(ObjectNode object) {
        if (!NAME.matcher(ref.name()).matches()) {
            throw invalid(
                    "metadata.name: Invalid value: \"" + shortened(ref.name())
                            + "\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'");
        }
        checkMetadata(object.path("metadata"));
        optional(object, "spec", "object", JsonNode::isObject);
        optional(object, "status", "object", JsonNode::isObject);
        switch (ref.resource()) {
            case INSTANCE -> checkInstance(object.path("spec"));
            case CONFIGURATION -> checkConfiguration(object.path("spec"));
            case POD, NODE, EVENT, ENDPOINT_SLICE -> {}
        }
    }

    /** Fills in what the CRD of Akri's Instances gives to fields that are not there. */
    void fillIn(ObjectNode object) {
        if (ref.resource() == Resource.INSTANCE && object.get("spec") instanceof ObjectNode spec) {
            fillIn(spec, "brokerProperties", spec.objectNode());
            fillIn(spec, "deviceUsage", spec.objectNode());
            fillIn(spec, "nodes", spec.arrayNode());
            fillIn(spec, "shared", spec.booleanNode(false));
        }
    }

    private static void fillIn(ObjectNode spec, String field, JsonNode value) {
        if (!spec.hasNonNull(field)) {
            spec.set(field, value);
        }
    }

    private void checkMetadata(JsonNode meta) {
        optional(meta, "labels", "map of strings", Shape::isTextMap);
        optional(meta, "annotations", "map of strings", Shape::isTextMap);
        optional(meta, "finalizers", "list of strings", list -> list.isArray() && all(list, JsonNode::isTextual));
        optional(
                meta,
                "ownerReferences",
                "list of objects with apiVersion, kind, name and uid",
                list -> list.isArray() && all(list, Shape::isOwner));
    }

    private void checkInstance(JsonNode spec) {
        required(spec, "configurationName", "string", JsonNode::isTextual);
        required(spec, "cdiName", "string", JsonNode::isTextual);
        required(spec, "capacity", "integer of at least 0", c -> c.isIntegralNumber() && c.asLong() >= 0);
        optional(spec, "shared", "boolean", JsonNode::isBoolean);
        optional(spec, "nodes", "list of different strings", Shape::isSet);
        optional(spec, "brokerProperties", "map of strings", Shape::isTextMap);
        optional(spec, "deviceUsage", "map of strings", Shape::isTextMap);
    }

    private void checkConfiguration(JsonNode spec) {
        optional(spec, "capacity", "integer", JsonNode::isIntegralNumber);
        optional(spec, "brokerProperties", "map of strings", Shape::isTextMap);
        optional(spec, "discoveryHandler", "object", JsonNode::isObject);
    }

    private void required(JsonNode in, String field, String expected, Predicate<JsonNode> rule) {
        if (!in.hasNonNull(field)) {
            throw invalid("spec." + field + ": Required value");
        }
        optional(in, field, expected, rule);
    }

    private void optional(JsonNode in, String field, String expected, Predicate<JsonNode> rule) {
        if (in.hasNonNull(field) && !rule.test(in.path(field))) {
            throw invalid(field + ": Invalid value: must be a " + expected);
        }
    }

    private static boolean isTextMap(JsonNode node) {
        return node.isObject() && all(node, JsonNode::isTextual);
    }

    private static boolean isSet(JsonNode node) {
        var seen = new HashSet<JsonNode>();
        return node.isArray() && all(node, member -> member.isTextual() && seen.add(member));
    }

    private static boolean isOwner(JsonNode owner) {
        return owner.path("apiVersion").isTextual()
                && owner.path("kind").isTextual()
                && owner.path("name").isTextual()
                && owner.path("uid").isTextual();
    }

    private static boolean all(JsonNode nodes, Predicate<JsonNode> rule) {
        for (var node : nodes) {
            if (!rule.test(node)) {
                return false;
            }
        }
        return true;
    }

    private ApiException invalid(String why) {
        return Refusals.invalid(ref.resource(), shortened(ref.name()), why);
    }

    private static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }
}
