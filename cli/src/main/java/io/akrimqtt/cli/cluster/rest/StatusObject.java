package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;

/** Answers that are no objects of the store. */
final class StatusObject {

    private StatusObject() {}

    static ObjectNode failure(ApiException refusal) {
        var message = refusal.getMessage();
        return document("Failure")
                .put("message", message == null ? "" : message)
                .put("reason", refusal.reason())
                .put("code", refusal.code());
    }

    /** What a deletion answers when the object is gone. */
    static ObjectNode deleted(Target target, String uid) {
        var status = document("Success");
        status.putObject("details")
                .put("name", target.name())
                .put("group", target.served().group())
                .put("kind", target.served().resource().plural())
                .put("uid", uid);
        return status;
    }

    private static ObjectNode document(String status) {
        var document =
                JsonNodeFactory.instance.objectNode().put("kind", "Status").put("apiVersion", "v1");
        document.putObject("metadata");
        return document.put("status", status);
    }
}
