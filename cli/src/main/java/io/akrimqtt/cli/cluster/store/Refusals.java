package io.akrimqtt.cli.cluster.store;

import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Resource;

/** The API server's refusals in its own words. */
final class Refusals {

    private Refusals() {}

    static ApiException notFound(Ref ref) {
        return new ApiException(404, "NotFound", ref + " not found");
    }

    static ApiException exists(Ref ref) {
        return new ApiException(409, "AlreadyExists", ref + " already exists");
    }

    static ApiException conflict(Ref ref, String why) {
        return new ApiException(409, "Conflict", "Operation cannot be fulfilled on " + ref + ": " + why);
    }

    static ApiException stale(Ref ref) {
        return conflict(
                ref, "the object has been modified; please apply your changes to the latest version and try again");
    }

    static ApiException invalid(Resource resource, String name, String why) {
        var group = resource.group().isEmpty() ? "" : "." + resource.group();
        return new ApiException(422, "Invalid", resource.kind() + group + " \"" + name + "\" is invalid: " + why);
    }

    static ApiException bad(String why) {
        return new ApiException(400, "BadRequest", why);
    }

    static ApiException expired(String why) {
        return new ApiException(410, "Expired", why);
    }

    static ApiException full(String why) {
        return new ApiException(429, "TooManyRequests", why);
    }
}
