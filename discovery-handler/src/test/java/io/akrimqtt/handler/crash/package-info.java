/** The handler as a process that is killed at any moment, against devices that know the truth. */
@NullMarked
package io.akrimqtt.handler.crash;

import org.jspecify.annotations.NullMarked;
