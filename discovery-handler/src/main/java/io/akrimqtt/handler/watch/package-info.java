/**
 * MQTT servers watched for one set of details: a live session and a snapshot reader each, whose messages become events of the
 * presence core. Start with {@link io.akrimqtt.handler.watch.MqttDeviceWatch}.
 */
@NullMarked
package io.akrimqtt.handler.watch;

import org.jspecify.annotations.NullMarked;
