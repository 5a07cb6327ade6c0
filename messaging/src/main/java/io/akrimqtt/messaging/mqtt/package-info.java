/**
 * The one adapter that knows the MQTT client library: MQTT 5 and 3.1.1 behind one face.
 *
 * <p>{@link io.akrimqtt.messaging.mqtt.MqttPubSubClient} is the door, {@code Session} stays connected, {@code Engine} is the
 * library's client. What the library does well is left to it: packets, flow control, what is in flight over a session's
 * connections. Ours are reconnects, subscriptions, waiting messages, topic matching and acknowledgements, see
 * {@code docs/decisions}. {@code VersionedBuilder} and {@code ChannelTap} reach into the library's internals.
 */
@NullMarked
package io.akrimqtt.messaging.mqtt;

import org.jspecify.annotations.NullMarked;
