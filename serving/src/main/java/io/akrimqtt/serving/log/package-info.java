/** One log for each process, and its lines as JSON. Start with {@link io.akrimqtt.serving.log.ProcessLog}. */
@NullMarked
package io.akrimqtt.serving.log;

import org.jspecify.annotations.NullMarked;
