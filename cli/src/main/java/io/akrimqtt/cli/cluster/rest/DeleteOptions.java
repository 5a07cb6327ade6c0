package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;

/** How something is to be deleted; dependants always follow in the background. */
record DeleteOptions(String uid, String resourceVersion, boolean dryRun) {

    static DeleteOptions of(ObjectNode body, Query query) {
        var policy = body.path("propagationPolicy").asText(query.text("propagationPolicy"));
        if (policy.equals("Orphan") || body.path("orphanDependents").asBoolean()) {
            throw new ApiException(
                    422, "Invalid", "propagationPolicy: Unsupported value: \"Orphan\" (expected: Background)");
        }
        boolean dryRun =
                query.dryRun() || body.path("dryRun").path(0).asText("").equals("All");
        return new DeleteOptions(
                body.at("/preconditions/uid").asText(""),
                body.at("/preconditions/resourceVersion").asText(""),
                dryRun);
    }

    static Caller dry(Caller caller) {
        return new Caller(caller.user(), caller.node(), caller.fieldManager(), true);
    }
}
