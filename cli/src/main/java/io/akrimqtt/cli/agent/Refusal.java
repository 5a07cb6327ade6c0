package io.akrimqtt.cli.agent;

/** Why a Discover did not get as far as response headers. */
record Refusal(AgentEvent.Cause cause, String description) {}
