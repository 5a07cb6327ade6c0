/** What travels: messages with the properties that MQTT 5 knows, and the quality of service they travel at. */
@NullMarked
package io.akrimqtt.messaging.message;

import org.jspecify.annotations.NullMarked;
