package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.Resource;
import java.util.UUID;
import java.util.function.Supplier;

/** Which object a request is about. */
final class Names {

    private Names() {}

    static Ref checked(Resource resource, String namespace, String name) {
        if (resource.namespaced() && namespace.isEmpty()) {
            throw Refusals.bad("an empty namespace may not be set when a resource name is provided");
        }
        return new Ref(resource, resource.namespaced() ? namespace : "", name);
    }

    /** Of an object that is to be made, whose name may be for us to complete. */
    static Ref ofNew(Resource resource, String namespace, ObjectNode object, Supplier<UUID> random) {
        checkMetadata(object);
        var name = ObjectMeta.text(object, "name");
        var prefix = ObjectMeta.text(object, "generateName");
        if (name.isEmpty() && !prefix.isEmpty()) {
            name = prefix + random.get().toString().substring(0, 5);
        }
        if (name.isEmpty()) {
            throw Refusals.invalid(resource, "", "metadata.name: Required value: name or generateName is required");
        }
        var ref = checked(resource, namespace, name);
        agree(ref, object);
        return ref;
    }

    /** Throws 400 where the body speaks of another object than the request. */
    static void agree(Ref ref, ObjectNode body) {
        checkMetadata(body);
        agree(
                "the kind of the object",
                body.path("kind").asText(""),
                ref.resource().kind());
        agree(
                "the API version in the data",
                body.path("apiVersion").asText(""),
                ref.resource().apiVersion());
        agree("the name of the object", ObjectMeta.text(body, "name"), ref.name());
        if (ref.resource().namespaced()) {
            agree("the namespace of the provided object", ObjectMeta.text(body, "namespace"), ref.namespace());
        }
    }

    private static void checkMetadata(ObjectNode body) {
        if (body.has("metadata") && !body.path("metadata").isObject()) {
            throw Refusals.bad("metadata: must be an object");
        }
    }

    private static void agree(String what, String said, String expected) {
        if (!said.isEmpty() && !said.equals(expected)) {
            throw Refusals.bad(what + " (" + said + ") does not match that of the request (" + expected + ")");
        }
    }
}
