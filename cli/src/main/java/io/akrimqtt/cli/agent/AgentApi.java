package io.akrimqtt.cli.agent;

/** The API server as an agent uses it. Thread-safe; may wait. */
@FunctionalInterface
public interface AgentApi {

    /** What a write changed. */
    enum Change {
        /** There was none before. */
        CREATED,
        /** The object is another one now. */
        CHANGED,
        /** It was so already. */
        SAME
    }

    /**
     * Makes one write.
     *
     * @throws ApiRefusedException where the API server refuses it, or cannot be reached
     */
    Change call(ApiCall call) throws ApiRefusedException;
}
