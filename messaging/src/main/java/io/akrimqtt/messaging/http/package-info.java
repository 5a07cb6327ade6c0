/**
 * Takes commands to software that speaks HTTP and not MQTT. Start with {@link io.akrimqtt.messaging.http.HttpRouter}, or with
 * {@link io.akrimqtt.messaging.http.HttpTarget} as the handler of a {@code CommandExecutor}.
 */
@NullMarked
package io.akrimqtt.messaging.http;

import org.jspecify.annotations.NullMarked;
