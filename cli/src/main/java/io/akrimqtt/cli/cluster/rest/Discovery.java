package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What kubectl asks first: which version, groups and resources there are. */
final class Discovery {

    private static final List<String> VERBS = List.of("create", "delete", "get", "list", "patch", "update", "watch");

    private Discovery() {}

    /** The document at a path; none where the path is none of discovery. */
    static Optional<ObjectNode> at(List<String> path) {
        return switch (path.isEmpty() ? "" : path.getFirst()) {
            case "version" -> path.size() == 1 ? Optional.of(version()) : Optional.empty();
            case "api" -> api(path);
            case "apis" -> apis(path);
            case "openapi" -> path.equals(List.of("openapi", "v3")) ? Optional.of(openApi()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static ObjectNode document(String kind) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("apiVersion", "v1");
    }

    private static ObjectNode version() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("major", "1")
                .put("minor", "36")
                .put("gitVersion", "v1.36.0+akri-mqtt-local")
                .put("platform", "akri-mqtt/local");
    }

    private static ObjectNode openApi() {
        var document = JsonNodeFactory.instance.objectNode();
        document.putObject("paths");
        return document;
    }

    private static Optional<ObjectNode> api(List<String> path) {
        if (path.size() == 1) {
            var versions = document("APIVersions");
            versions.putArray("versions").add("v1");
            return Optional.of(versions);
        }
        return path.size() == 2 ? resources("", path.get(1)) : Optional.empty();
    }

    private static Optional<ObjectNode> apis(List<String> path) {
        return switch (path.size()) {
            case 1 -> Optional.of(groups());
            case 2 -> group(path.get(1));
            case 3 -> resources(path.get(1), path.get(2));
            default -> Optional.empty();
        };
    }

    private static ObjectNode groups() {
        var list = document("APIGroupList");
        var groups = list.putArray("groups");
        var names = new TreeSet<String>();
        Served.all().forEach(served -> names.add(served.group()));
        names.stream()
                .filter(name -> !name.isEmpty())
                .forEach(name -> group(name).ifPresent(groups::add));
        return list;
    }

    private static Optional<ObjectNode> group(String name) {
        return Served.all().stream()
                .filter(served -> !name.isEmpty() && served.group().equals(name))
                .findFirst()
                .map(served -> {
                    var group = document("APIGroup").put("name", name);
                    var version = JsonNodeFactory.instance
                            .objectNode()
                            .put("groupVersion", served.apiVersion())
                            .put("version", served.resource().version());
                    group.putArray("versions").add(version);
                    group.set("preferredVersion", version);
                    return group;
                });
    }

    private static Optional<ObjectNode> resources(String group, String version) {
        var those = Served.all().stream()
                .filter(served -> served.group().equals(group)
                        && served.resource().version().equals(version))
                .toList();
        if (those.isEmpty()) {
            return Optional.empty();
        }
        var list =
                document("APIResourceList").put("groupVersion", those.getFirst().apiVersion());
        var resources = list.putArray("resources");
        for (var served : those) {
            resources.add(resource(served, ""));
            if (served.hasStatus()) {
                resources.add(resource(served, "/status"));
            }
        }
        return Optional.of(list);
    }

    private static ObjectNode resource(Served served, String subresource) {
        var resource = served.resource();
        var entry = JsonNodeFactory.instance
                .objectNode()
                .put("name", resource.plural() + subresource)
                .put("singularName", subresource.isEmpty() ? resource.kind().toLowerCase(Locale.ROOT) : "")
                .put("namespaced", resource.namespaced())
                .put("kind", resource.kind());
        var verbs = entry.putArray("verbs");
        (subresource.isEmpty() ? VERBS : List.of("get", "patch")).forEach(verbs::add);
        if (subresource.isEmpty()) {
            var names = entry.putArray("shortNames");
            shortNames(resource).forEach(names::add);
            if (isListedUnderAll(resource)) {
                entry.putArray("categories").add("all");
            }
        }
        return entry;
    }

    private static List<String> shortNames(Resource resource) {
        return switch (resource) {
            case CONFIGURATION -> List.of("akric");
            case INSTANCE -> List.of("akrii");
            case POD -> List.of("po");
            case NODE -> List.of("no");
            case EVENT -> List.of("ev");
            case ENDPOINT_SLICE -> List.of();
        };
    }

    private static boolean isListedUnderAll(Resource resource) {
        return switch (resource) {
            case CONFIGURATION, INSTANCE, POD -> true;
            case NODE, EVENT, ENDPOINT_SLICE -> false;
        };
    }
}
