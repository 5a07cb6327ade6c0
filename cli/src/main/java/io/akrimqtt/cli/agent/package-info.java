/**
 * Akri's agent on one machine, without a cluster: a faithful adversary of discovery handlers, not a friendly stub.
 *
 * <p>{@link io.akrimqtt.cli.agent.LocalAgent} is the way in. {@code AgentCore} holds the rules, as a machine of inputs and
 * effects without clock, thread or I/O; {@code AgentLoop} is its only owner, {@code DiscoverCall} and {@code
 * RegistrationServer} speak gRPC. The rules are those of Akri's agent 0.13.26 (discovery_handler_registry.rs,
 * registration_socket.rs, discovery_configuration_controller.rs), its surprises included. It starts no workloads.
 */
@NullMarked
package io.akrimqtt.cli.agent;

import org.jspecify.annotations.NullMarked;
