package io.akrimqtt.helm.admission;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One write that somebody asks for.
 *
 * @param object as it would become; null for DELETE
 * @param oldObject as it is; null for CREATE
 */
public record Request(
        Operation operation,
        String resource,
        User user,
        @Nullable Map<String, Object> object,
        @Nullable Map<String, Object> oldObject) {

    /** What is to be done. */
    public enum Operation {
        CREATE,
        UPDATE,
        DELETE
    }

    /**
     * Who asks.
     *
     * @param extra what the token says besides, such as its pod's node
     * @param rights what may be read: {@code secrets/namespace/name}
     */
    public record User(String name, Map<String, List<String>> extra, List<String> rights) {

        /** Somebody of that name, without rights. */
        public static User named(String name) {
            return new User(name, Map.of(), List.of());
        }

        /** The same, with a token for a pod on that node. */
        public User on(String node) {
            return new User(name, Map.of("authentication.kubernetes.io/node-name", List.of(node)), rights);
        }

        /** The same, who may read these. */
        public User reading(String... what) {
            return new User(name, extra, List.of(what));
        }
    }

    public static Request create(User user, String resource, Map<String, Object> object) {
        return new Request(Operation.CREATE, resource, user, object, null);
    }

    public static Request update(User user, String resource, Map<String, Object> before, Map<String, Object> after) {
        return new Request(Operation.UPDATE, resource, user, after, before);
    }

    public static Request delete(User user, String resource, Map<String, Object> before) {
        return new Request(Operation.DELETE, resource, user, null, before);
    }

    /** The variable {@code request} of CEL. */
    Map<String, Object> toCel() {
        var info = new LinkedHashMap<String, Object>();
        info.put("username", user.name());
        info.put("groups", List.of("system:authenticated"));
        if (!user.extra().isEmpty()) {
            info.put("extra", user.extra());
        }
        return Map.of(
                "operation",
                operation.name(),
                "resource",
                Map.of("group", "akri.sh", "version", "v0", "resource", resource),
                "userInfo",
                info);
    }
}
