package io.akrimqtt.cli.agent;

import java.time.Duration;

/** What an agent did, or what happened to it. */
public sealed interface AgentEvent {

    /** A discovery handler registered; whether it can be reached is not known yet. */
    record HandlerRegistered(String handler, String address) implements AgentEvent {}

    /** A registered handler could not be connected to: forgotten until it registers again, its other streams cut. */
    record HandlerLost(String handler, String address, String reason) implements AgentEvent {}

    /** No handler of that name is registered. */
    record NoHandler(String configuration, String handler) implements AgentEvent {}

    /** A handler took a Discover: its response headers are here. */
    record DiscoverStarted(String configuration, String address) implements AgentEvent {}

    /**
     * A Discover came to nothing; no Instance is touched.
     *
     * @param description what the handler said (for {@link Cause#INVALID_DETAILS}: its list of problems), or what went wrong
     */
    record DiscoverFailed(String configuration, String address, Cause cause, String description)
            implements AgentEvent {}

    /** A stream of device lists ended or was cut; its devices count no more. */
    record StreamEnded(String configuration, String address, String reason) implements AgentEvent {}

    /** A Configuration waits before it is tried again; a registration does not shorten that. */
    record BackOff(String configuration, Duration delay) implements AgentEvent {}

    /** A write was refused: the rest of the Configuration's writes were not made, and it waits. */
    record WriteRefused(String configuration, String reason) implements AgentEvent {}

    /** A new Instance. */
    record InstanceCreated(Instance instance) implements AgentEvent {}

    /** An Instance whose properties, capacity or device changed. Its workload does not notice. */
    record InstanceUpdated(Instance instance) implements AgentEvent {}

    /** An Instance is gone, and its workload must go. */
    record InstanceDeleted(Instance instance, Deletion reason) implements AgentEvent {}

    /** Why a Discover came to nothing. */
    enum Cause {
        /** The handler answered INVALID_ARGUMENT. */
        INVALID_DETAILS,
        /** The handler answered any other status. */
        UNAVAILABLE,
        /** The handler's address could not be connected to. */
        UNREACHABLE,
        /** A discovery property could not be resolved; the handler was not called. */
        UNRESOLVED_PROPERTY
    }

    /** Why an Instance was deleted. */
    enum Deletion {
        /** The latest lists do not have its device. */
        NOT_LISTED,
        /** A new request began, with an empty list: Akri then deletes what there is, and the first list makes it anew. */
        FRESH_REQUEST,
        /** Its Configuration was deleted. */
        CONFIGURATION_DELETED,
        /** Somebody deleted it who is not the agent. */
        BY_SOMEBODY_ELSE
    }
}
