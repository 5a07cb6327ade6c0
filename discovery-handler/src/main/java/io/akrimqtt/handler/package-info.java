/** The discovery handler's main program: the only place that knows all rooms. */
@NullMarked
package io.akrimqtt.handler;

import org.jspecify.annotations.NullMarked;
