package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentListener;
import io.akrimqtt.cli.agent.Allocation;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node: an object in the API, a kubelet, and an agent that can be killed and started again. Its methods are for one thread.
 */
public final class ClusterNode implements AutoCloseable {

    /** Says of a node that it is away, as Kubernetes' own controller does. */
    private static final Caller NODE_CONTROLLER =
            new Caller("system:serviceaccount:kube-system:node-controller", "", "kube-controller-manager", false);

    /**
     * What a node works with.
     *
     * @param store the API server
     * @param data what Configurations may refer to
     * @param runtime runs the pods
     * @param listener is told what the agent does
     */
    public record Surroundings(
            ObjectStore store, ReferencedData data, PodRuntime runtime, AgentListener listener, InstantSource clock) {}

    private final NodeSettings settings;
    private final Surroundings around;
    private final SwitchedStore connection;
    private final Kubelet kubelet;
    private volatile @Nullable AgentProcess agent;

    private ClusterNode(NodeSettings settings, Surroundings around) {
        this.settings = settings;
        this.around = around;
        this.connection = SwitchedStore.of(around.store());
        this.kubelet = Kubelet.start(settings, connection, this::allocate, around.runtime(), around.clock());
    }

    /**
     * Joins the cluster with a running agent, Ready at once.
     *
     * @throws IOException where the agent's socket cannot be made
     */
    public static ClusterNode start(NodeSettings settings, Surroundings around) throws IOException {
        var node = new ClusterNode(settings, around);
        node.join();
        node.startAgent();
        return node;
    }

    private void join() {
        var object = JsonNodeFactory.instance.objectNode();
        object.put("apiVersion", Resource.NODE.apiVersion()).put("kind", Resource.NODE.kind());
        object.putObject("metadata").put("name", settings.name());
        object.withObjectProperty("metadata").putObject("labels").put("kubernetes.io/hostname", settings.name());
        try {
            around.store().create(Resource.NODE, "", object, NODE_CONTROLLER);
        } catch (ApiException e) {
            if (e.code() != 409) {
                throw e;
            }
        }
        ready("True");
    }

    private void allocate(String instance, int slot, Consumer<Allocation> answer) {
        var current = agent;
        if (current == null) {
            answer.accept(new Allocation.Denied("no device plugin"));
        } else {
            current.allocate(instance, slot, answer);
        }
    }

    /** Its name. */
    public String name() {
        return settings.name();
    }

    /** Where discovery handlers register. */
    public Path socket() {
        return settings.agent().socket();
    }

    /** As of SIGKILL. Does nothing where no agent runs. */
    public void killAgent() throws IOException {
        var current = agent;
        agent = null;
        if (current != null) {
            current.kill();
        }
    }

    /** Starts an agent that knows nothing. Does nothing where one runs. */
    public void startAgent() throws IOException {
        if (agent == null) {
            agent = AgentProcess.start(settings, connection, around.data(), kubelet, around.listener(), around.clock());
        }
    }

    /** Cuts kubelet and agent off the API server, or lets them back; they live on meanwhile. */
    public void cutOff(boolean cut) {
        connection.away(cut);
        kubelet.pause(cut);
        var current = agent;
        if (current != null) {
            current.pause(cut);
        }
    }

    /** Writes whether the node is Ready: {@code True}, {@code False} or {@code Unknown}. */
    public void ready(String status) {
        var patch = JsonNodeFactory.instance.objectNode();
        patch.putObject("status").putArray("conditions").add(condition(status));
        around.store().mergePatchStatus(Resource.NODE, "", settings.name(), patch, NODE_CONTROLLER);
    }

    private ObjectNode condition(String status) {
        var condition = JsonNodeFactory.instance.objectNode();
        var now = around.clock().instant().toString();
        condition.put("type", "Ready").put("status", status);
        condition.put("reason", status.equals("True") ? "KubeletReady" : "NodeStatusUnknown");
        condition.put("lastHeartbeatTime", now).put("lastTransitionTime", now);
        return condition;
    }

    /** Ends agent and kubelet; pods and objects stay. */
    @Override
    public void close() {
        var current = agent;
        agent = null;
        if (current != null) {
            current.close();
        }
        kubelet.close();
    }
}
