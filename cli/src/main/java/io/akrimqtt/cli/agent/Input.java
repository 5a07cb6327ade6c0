package io.akrimqtt.cli.agent;

import java.util.List;

/** What can happen to an agent. Inputs about streams that it no longer has are ignored. */
sealed interface Input {

    /** A handler registers; {@code call} is answered once it is recorded. */
    record Registered(long call, Endpoint endpoint) implements Input {}

    /** A Configuration is there, new or edited. */
    record Applied(AgentConfiguration configuration) implements Input {}

    /** A Configuration is to go. */
    record Deleted(String configuration) implements Input {}

    /** Something about a Configuration changed that nobody reads, such as an annotation. */
    record Touched(String configuration) implements Input {}

    /** Response headers arrived. */
    record Answered(long stream) implements Input {}

    /** A Discover ended without response headers. */
    record Refused(long stream, Refusal refusal) implements Input {}

    /** A complete list arrived. */
    record Listed(long stream, List<ReportedDevice> devices) implements Input {}

    /** A stream ended after its response headers, whatever its status. */
    record Ended(long stream, String reason) implements Input {}

    /** The time of an {@link Effect.Retry} has come. */
    record RetryDue(String configuration, long attempt) implements Input {}

    /** The agent's process crashed and is here again; Instances and Configurations, which are Kubernetes', remain. */
    record Restarted() implements Input {}
}
