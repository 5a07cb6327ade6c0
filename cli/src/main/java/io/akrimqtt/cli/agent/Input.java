package io.akrimqtt.cli.agent;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen to an agent. Inputs about streams that it no longer has are ignored. */
sealed interface Input {

    /** A handler registers; {@code call} is answered once it is recorded. */
    record Registered(long call, Endpoint endpoint) implements Input {}

    /** A Configuration is there, new or edited. */
    record Applied(AgentConfiguration configuration) implements Input {}

    /** A Configuration is to go. */
    record Deleted(ConfigurationKey configuration) implements Input {
        Deleted(String name) {
            this(ConfigurationKey.of(name));
        }
    }

    /** Something about a Configuration changed that nobody reads, such as an annotation. */
    record Touched(ConfigurationKey configuration) implements Input {
        Touched(String name) {
            this(ConfigurationKey.of(name));
        }
    }

    /** Response headers arrived. */
    record Answered(long stream) implements Input {}

    /** A Discover ended without response headers. */
    record Refused(long stream, Refusal refusal) implements Input {}

    /** A complete list arrived. */
    record Listed(long stream, List<ReportedDevice> devices) implements Input {}

    /** A stream ended after its response headers, whatever its status. */
    record Ended(long stream, String reason) implements Input {}

    /** The time of an {@link Effect.Retry} has come. */
    record RetryDue(ConfigurationKey configuration, long attempt) implements Input {}

    /** An Instance is there, new or changed: the agent's copy of it is renewed. */
    record InstanceSeen(InstanceView instance) implements Input {}

    /** An Instance is no more. */
    record InstanceGone(String namespace, String name) implements Input {}

    /** One write, and what it changed. */
    record Done(ApiCall call, AgentApi.Change change) {}

    /**
     * The writes of an {@link Effect.Settle} are over.
     *
     * @param done those that were made
     * @param undone the refused one and those behind it
     * @param failure what the API server said to the one that it refused, or null
     */
    record Settled(
            ConfigurationKey configuration,
            long attempt,
            List<Done> done,
            List<ApiCall> undone,
            @Nullable String failure)
            implements Input {}

    /** The agent's process crashed and is here again; Instances and Configurations, which are the API server's, remain. */
    record Restarted() implements Input {}
}
