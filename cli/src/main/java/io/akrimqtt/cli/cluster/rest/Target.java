package io.akrimqtt.cli.cluster.rest;

import java.util.List;
import java.util.Optional;

/**
 * Which objects a path speaks of.
 *
 * @param namespace empty for all, and for kinds without
 * @param name empty for a list
 * @param status whether the status alone is meant
 */
record Target(Served served, String namespace, String name, boolean status) {

    /** Of the decoded segments of a path; none where nothing is served there. */
    static Optional<Target> of(List<String> path) {
        int rest;
        String group;
        if (path.size() > 2 && path.get(0).equals("api")) {
            group = "";
            rest = 1;
        } else if (path.size() > 3 && path.get(0).equals("apis")) {
            group = path.get(1);
            rest = 2;
        } else {
            return Optional.empty();
        }
        return within(group, path.get(rest), path.subList(rest + 1, path.size()));
    }

    private static Optional<Target> within(String group, String version, List<String> path) {
        boolean namespaced = path.size() > 2 && path.getFirst().equals("namespaces");
        var namespace = namespaced ? path.get(1) : "";
        var rest = namespaced ? path.subList(2, path.size()) : path;
        boolean status = rest.size() == 3 && rest.get(2).equals("status");
        if (rest.size() > 2 && !status) {
            return Optional.empty();
        }
        var name = rest.size() > 1 ? rest.get(1) : "";
        return Served.all().stream()
                .filter(served -> served.group().equals(group)
                        && served.resource().version().equals(version)
                        && served.resource().plural().equals(rest.getFirst()))
                .filter(served -> !namespaced || served.resource().namespaced())
                .filter(served -> !status || served.hasStatus())
                .map(served -> new Target(served, namespace, name, status))
                .findFirst();
    }
}
