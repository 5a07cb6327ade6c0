/**
 * Watches an MQTT server as the discovery handler would, for a short time and without leaving a trace: the handler's own watch,
 * with clean sessions and client ids of its own.
 *
 * <p>Start with {@link io.akrimqtt.cli.dryrun.DryRun}.
 */
@NullMarked
package io.akrimqtt.cli.dryrun;

import org.jspecify.annotations.NullMarked;
