/**
 * Simulated devices for the sample Configurations, and those Configurations themselves.
 *
 * <p>The devices show how the messaging library is used: a connection with a Last Will, births, telemetry, commands. They know
 * neither Akri nor Kubernetes. Start with {@link io.akrimqtt.samples.Sample}, then read
 * {@link io.akrimqtt.samples.SimulatedDevice}.
 */
@NullMarked
package io.akrimqtt.samples;

import org.jspecify.annotations.NullMarked;
