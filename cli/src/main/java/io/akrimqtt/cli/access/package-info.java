/**
 * The ways out of this program. {@link io.akrimqtt.cli.access.Workload} is the one to a device's workload, wherever it runs;
 * {@link io.akrimqtt.cli.access.Access} tells as whom to connect to MQTT servers: what Configurations refer to, and what the
 * environment holds. Prints no secret.
 */
@NullMarked
package io.akrimqtt.cli.access;

import org.jspecify.annotations.NullMarked;
