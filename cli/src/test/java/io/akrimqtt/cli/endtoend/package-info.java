/** The whole product as real processes: the CLI, the discovery handler, the monitoring brokers, MQTT servers and devices. */
@NullMarked
package io.akrimqtt.cli.endtoend;

import org.jspecify.annotations.NullMarked;
