/** As whom to connect to MQTT servers: what Configurations refer to, and what the environment holds. Prints no secret. */
@NullMarked
package io.akrimqtt.cli.access;

import org.jspecify.annotations.NullMarked;
