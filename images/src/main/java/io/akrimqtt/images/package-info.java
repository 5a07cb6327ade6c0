/**
 * What images are built with: runs of the real programs, from which the JVM keeps what it has loaded and learned. Each program runs as
 * a process of its own, with the options of its image, beside an MQTT server and stand-ins for whatever it talks to.
 */
@NullMarked
package io.akrimqtt.images;

import org.jspecify.annotations.NullMarked;
