/** The command {@code akri-mqtt}: runs everything on one machine, without a cluster, and looks at it. */
@NullMarked
package io.akrimqtt.cli;

import org.jspecify.annotations.NullMarked;
