package io.akrimqtt.cli.agent;

import java.time.Duration;

/** What is to be done, in this order. */
sealed interface Effect {

    /** Answer a registration. */
    record Acknowledge(long call) implements Effect {}

    /** Call Discover over a new connection. */
    record Discover(long stream, Endpoint endpoint, String details, DiscoveryProperties properties) implements Effect {}

    /** End a call, in whatever state. */
    record Cancel(long stream) implements Effect {}

    /** Send {@link Input.RetryDue} after a while; replaces an earlier one of the same Configuration. */
    record Retry(String configuration, long attempt, Duration after) implements Effect {}

    /** Tell the listener. */
    record Tell(AgentEvent event) implements Effect {}
}
