/**
 * Commands and their answers over MQTT, on MQTT 5 and on 3.1.1. Neither queues nor retries: it tells at once what is known.
 *
 * <p>Start with {@link io.akrimqtt.messaging.rpc.CommandInvoker} on the caller's side and with
 * {@link io.akrimqtt.messaging.rpc.CommandExecutor} on the device's.
 */
@NullMarked
package io.akrimqtt.messaging.rpc;

import org.jspecify.annotations.NullMarked;
