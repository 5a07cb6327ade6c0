/**
 * What the programs share as processes: where they listen, gRPC and HTTP listeners, settings from the environment, time.
 *
 * <p>It knows nothing of devices, MQTT or Akri.
 */
@NullMarked
package io.akrimqtt.serving;

import org.jspecify.annotations.NullMarked;
