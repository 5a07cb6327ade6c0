package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.JsonNode;

/** What is read of pods, and the names that Akri's controller and the kubelet agree on. */
public final class Pods {

    /** Names a pod's node. */
    public static final String NODE = "akri.sh/target-node";

    /** Names a pod's Instance. */
    public static final String INSTANCE = "akri.sh/instance";

    /** Names a pod's Configuration. */
    public static final String CONFIGURATION = "akri.sh/configuration";

    /** Keeps a deleted pod until its node's kubelet has ended it, as the API server's grace period does. */
    public static final String HELD = "kubelet.akri-mqtt.io/held";

    private Pods() {}

    /** A label's value; empty for none. */
    public static String label(JsonNode pod, String label) {
        return pod.path("metadata").path("labels").path(label).asText("");
    }

    /** The phase; Pending where none is said. */
    public static String phase(JsonNode pod) {
        return pod.path("status").path("phase").asText("Pending");
    }

    /** Whether it is deleted and only waits for its end. */
    public static boolean terminating(JsonNode pod) {
        return pod.path("metadata").hasNonNull("deletionTimestamp");
    }

    /** Whether a container asks for its Instance. */
    static boolean wantsDevice(JsonNode pod) {
        var resource = "akri.sh/" + label(pod, INSTANCE);
        for (var container : pod.path("spec").path("containers")) {
            if (container.path("resources").path("limits").has(resource)) {
                return true;
            }
        }
        return false;
    }

    /** {@code metadata.uid}. */
    public static String uid(JsonNode pod) {
        return pod.path("metadata").path("uid").asText();
    }

    /** {@code metadata.name}. */
    public static String name(JsonNode object) {
        return object.path("metadata").path("name").asText();
    }

    /** {@code metadata.namespace}. */
    public static String namespace(JsonNode object) {
        return object.path("metadata").path("namespace").asText();
    }
}
