/**
 * {@code akri-mqtt local}: everything on one machine. An embedded MQTT server, simulated devices, the local agent, the discovery
 * handler and the workloads are started, watched and stopped; a picture of it is kept and shown.
 *
 * <p>It composes; the rules of the programs are theirs. Start with {@link io.akrimqtt.cli.local.LocalRun}.
 */
@NullMarked
package io.akrimqtt.cli.local;

import org.jspecify.annotations.NullMarked;
