package io.akrimqtt.cli.cluster.store;

import io.akrimqtt.cli.cluster.ApiException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The refusal of an apply, in the API server's words (AC 0.1, R16). */
final class Conflicts {

    private Conflicts() {}

    static ApiException refusal(Ref ref, Map<Manager, Set<FieldPath>> conflicts) {
        var apiVersion = ref.resource().apiVersion();
        int count = conflicts.values().stream().mapToInt(Set::size).sum();
        var text = count == 1 ? one(conflicts, apiVersion) : several(conflicts, apiVersion, count);
        return new ApiException(409, "Conflict", text);
    }

    private static String one(Map<Manager, Set<FieldPath>> conflicts, String apiVersion) {
        var only = conflicts.entrySet().iterator().next();
        return "Apply failed with 1 conflict: conflict with " + only.getKey().named(apiVersion) + ": "
                + only.getValue().iterator().next();
    }

    private static String several(Map<Manager, Set<FieldPath>> conflicts, String apiVersion, int count) {
        return conflicts.entrySet().stream()
                .map(entry -> "conflicts with " + entry.getKey().named(apiVersion) + ":\n"
                        + entry.getValue().stream().map(path -> "- " + path).collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n", "Apply failed with " + count + " conflicts: ", ""));
    }
}
