package io.akrimqtt.cli.cluster.guard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An agent may take one of our Instances off a node only after we released it there; our handler's own identity is held to the same
 * for the node of its token, which is how it tries whether the guard is in force. Thread-safe.
 */
public final class Guard implements ObjectStore.Admission {

    /** On an Instance, followed by a node's name: that node's agent may take itself off. */
    public static final String RELEASED = "released.akri-mqtt.io/";

    private static final String AGENT = ":akri-agent-sa";
    private static final String MARKER = "MQTT_REPORTED_BY";
    private static final String OURS = "akri-mqtt";

    private final String handler;
    private final AtomicBoolean on;

    /** @param handler the user name of our handler */
    public Guard(String handler, boolean on) {
        this.handler = handler;
        this.on = new AtomicBoolean(on);
    }

    /** Puts it in force, or not. */
    public void set(boolean inForce) {
        on.set(inForce);
    }

    @Override
    public void admit(Resource resource, @Nullable ObjectNode before, @Nullable ObjectNode after, Caller caller) {
        if (!on.get() || resource != Resource.INSTANCE || before == null || !ours(before) || terminating(before)) {
            return;
        }
        var leaving = nodes(before);
        if (after != null) {
            leaving.removeAll(nodes(after));
        }
        for (var node : leaving) {
            if (concerns(caller, node) && !released(before, node)) {
                throw refusal(before, node, caller);
            }
        }
    }

    private boolean concerns(Caller caller, String node) {
        return caller.user().endsWith(AGENT)
                || (caller.user().equals(handler) && caller.node().equals(node));
    }

    private static boolean ours(ObjectNode instance) {
        return OURS.equals(
                instance.path("spec").path("brokerProperties").path(MARKER).asText());
    }

    private static boolean terminating(ObjectNode instance) {
        return instance.path("metadata").hasNonNull("deletionTimestamp");
    }

    private static boolean released(ObjectNode instance, String node) {
        return instance.path("metadata").path("annotations").has(RELEASED + node);
    }

    private static Set<String> nodes(ObjectNode instance) {
        var nodes = new LinkedHashSet<String>();
        instance.path("spec").path("nodes").forEach(node -> nodes.add(node.asText()));
        return nodes;
    }

    private static ApiException refusal(ObjectNode instance, String node, Caller caller) {
        return new ApiException(
                403,
                "Forbidden",
                "instances.akri.sh \""
                        + instance.path("metadata").path("name").asText() + "\" is forbidden:"
                        + " ValidatingAdmissionPolicy 'akri-mqtt-guard' with binding 'akri-mqtt-guard' denied request: node "
                        + node + " was not released for " + caller.user());
    }
}
