package io.akrimqtt.helm.story;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A cluster with Akri whose parts can be taken away and given back. */
interface Cluster extends AutoCloseable {

    /** For the heading of a table, with what is scaled. */
    String title();

    List<String> nodes();

    /** With all rights. */
    KubernetesClient client();

    /** How long a node is NotReady after it was lost, at most. */
    Duration noticed();

    /** How many streams of a node's handlers its agent has taken so far; empty where it does not tell. */
    default OptionalLong streamsTaken(String node) {
        return OptionalLong.empty();
    }

    /** Lets the admission policies of the chart stand, or takes them away. */
    void guard(boolean on);

    /** Makes a Secret that the agents may read, or replaces it. */
    void secret(String name, Map<String, String> values);

    /** Starts a process as one of a node, with the identity of a discovery handler there. */
    Process start(String node, Map<String, String> environment, List<String> command, Path log) throws IOException;

    /** The handlers' directory as a process of the node sees it. */
    Path handlers(String node);

    /** Where this machine finds that directory. */
    Path handlersHere(String node);

    /** Tells Kubernetes whether a node has a ready handler, as a headless Service would. */
    void handlerReady(String node, boolean ready);

    void killAgent(String node);

    void startAgent(String node);

    /** Ends kubelet and agent of a node; its handler is the caller's. */
    void lose(String node);

    void giveBack(String node);

    /** Keeps the node from the API server for 60 s, scaled; returns when they are over. All that runs on it lives on. */
    void blip(String node);

    /** Stops answering, or answers again. */
    void api(boolean there);

    /** Requests that the API server has got since its start, reads aside. */
    long writes();

    @Override
    void close();
}
