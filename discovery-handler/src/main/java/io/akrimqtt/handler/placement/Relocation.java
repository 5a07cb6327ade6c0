package io.akrimqtt.handler.placement;

import io.akrimqtt.handler.cluster.ClusterState;
import java.util.Optional;

/** The rest of the handler, for those who move devices by hand. Thread-safe. */
public interface Relocation {

    /** The node of this handler. */
    String node();

    /** Why no device can be moved now, in a sentence; empty where one can. */
    Optional<String> refusal();

    /** What is known of the cluster now. */
    ClusterState cluster();

    /** Begins to let a device of this node go; given up by itself after ten minutes. */
    void move(String device);

    /** Takes that back: the device stays where it falls to, which is here as long as its Instance names this node. */
    void stay(String device);
}
