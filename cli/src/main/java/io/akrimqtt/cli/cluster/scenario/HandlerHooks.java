package io.akrimqtt.cli.cluster.scenario;

/** The discovery handlers of a cluster's nodes, which are somebody else's processes. */
public interface HandlerHooks {

    /** There are none, or they care for themselves. */
    HandlerHooks NONE = new HandlerHooks() {
        @Override
        public void kill(String node) {}

        @Override
        public void start(String node) {}
    };

    /** Ends the node's handler as of SIGKILL. */
    void kill(String node);

    /** Starts the node's handler. */
    void start(String node);
}
