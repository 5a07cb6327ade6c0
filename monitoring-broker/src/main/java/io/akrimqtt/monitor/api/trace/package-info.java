/** The trace that a call is made in. Start with {@link io.akrimqtt.monitor.api.trace.TraceCalls}. */
@NullMarked
package io.akrimqtt.monitor.api.trace;

import org.jspecify.annotations.NullMarked;
