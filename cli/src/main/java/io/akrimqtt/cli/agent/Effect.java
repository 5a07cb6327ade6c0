package io.akrimqtt.cli.agent;

import java.time.Duration;
import java.util.List;

/** What is to be done, in this order. */
sealed interface Effect {

    /** Answer a registration. */
    record Acknowledge(long call) implements Effect {}

    /** Call Discover over a new connection. */
    record Discover(long stream, Endpoint endpoint, String details, DiscoveryProperties properties) implements Effect {}

    /** End a call, in whatever state. */
    record Cancel(long stream) implements Effect {}

    /** Send {@link Input.RetryDue} after a while; replaces an earlier one of the same Configuration. */
    record Retry(ConfigurationKey configuration, long attempt, Duration after) implements Effect {}

    /** As {@link Retry}, after a success: Akri looks at everything again after a while. */
    record Requeue(ConfigurationKey configuration, long attempt, Duration after) implements Effect {}

    /** Make these writes one after the other until one is refused, then send {@link Input.Settled}. */
    record Settle(ConfigurationKey configuration, long attempt, List<ApiCall> calls) implements Effect {}

    /** Tell the listener. */
    record Tell(AgentEvent event) implements Effect {}
}
