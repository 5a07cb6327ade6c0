/**
 * The face of an MQTT client: publish, subscribe, stay connected. Which library speaks MQTT is not seen here.
 *
 * <p>Start with {@link io.akrimqtt.messaging.client.PubSubClient}. Clients are made by
 * {@code io.akrimqtt.messaging.mqtt.MqttPubSubClient}.
 */
@NullMarked
package io.akrimqtt.messaging.client;

import org.jspecify.annotations.NullMarked;
