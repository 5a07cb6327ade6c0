/** The one adapter that knows the MQTT client library: MQTT 5 and 3.1.1 behind one face. */
@NullMarked
package io.akrimqtt.messaging.mqtt;

import org.jspecify.annotations.NullMarked;
