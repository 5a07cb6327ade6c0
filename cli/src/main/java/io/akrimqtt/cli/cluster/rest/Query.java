package io.akrimqtt.cli.cluster.rest;

import io.akrimqtt.cli.cluster.ApiException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a request; of several of one name the first counts. */
record Query(Map<String, String> values) {

    static Query of(@Nullable String raw) {
        var values = new HashMap<String, String>();
        if (raw != null) {
            for (var pair : raw.split("&", -1)) {
                int at = pair.indexOf('=');
                var name = at < 0 ? pair : pair.substring(0, at);
                values.putIfAbsent(decoded(name), at < 0 ? "" : decoded(pair.substring(at + 1)));
            }
        }
        return new Query(Map.copyOf(values));
    }

    static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "BadRequest", "the address is not well encoded: " + e.getMessage());
        }
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    /** {@code true}, {@code 1}, and the bare name. */
    boolean flag(String name) {
        var text = values.getOrDefault(name, "false");
        return text.isEmpty() || text.equals("true") || text.equals("1");
    }

    /** Everything is decided, nothing is kept. */
    boolean dryRun() {
        return switch (text("dryRun")) {
            case "" -> false;
            case "All" -> true;
            default -> throw new ApiException(400, "BadRequest", "dryRun: Unsupported value (expected: All)");
        };
    }

    /** Whole seconds; 0 where there are none. */
    long seconds(String name) {
        try {
            return text(name).isEmpty() ? 0 : Long.parseLong(text(name));
        } catch (NumberFormatException _) {
            throw new ApiException(400, "BadRequest", name + ": must be a number of seconds");
        }
    }
}
