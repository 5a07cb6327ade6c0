/** The rights at MQTT servers of the folder {@code mqtt-rights}: they say the same in three languages, and HiveMQ grants what they say. */
@NullMarked
package io.akrimqtt.samples.rights;

import org.jspecify.annotations.NullMarked;
