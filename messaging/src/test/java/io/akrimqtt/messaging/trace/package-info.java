/** Tests of W3C trace context. */
@NullMarked
package io.akrimqtt.messaging.trace;

import org.jspecify.annotations.NullMarked;
