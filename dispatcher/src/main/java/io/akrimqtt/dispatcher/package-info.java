/**
 * The standalone dispatcher: takes messages of an MQTT server to HTTP addresses and other topics, by a file of routes. It is bound
 * to no device. Start with {@link io.akrimqtt.dispatcher.DispatcherMain}.
 */
@NullMarked
package io.akrimqtt.dispatcher;

import org.jspecify.annotations.NullMarked;
