/** Requests and their responses over MQTT, on MQTT 5 and on 3.1.1. */
@NullMarked
package io.akrimqtt.messaging.rpc;

import org.jspecify.annotations.NullMarked;
