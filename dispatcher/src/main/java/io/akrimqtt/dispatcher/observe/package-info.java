/** The dispatcher's metrics. Start with {@link io.akrimqtt.dispatcher.observe.DispatcherMetrics}. */
@NullMarked
package io.akrimqtt.dispatcher.observe;

import org.jspecify.annotations.NullMarked;
