/** Log lines as JSON. Named by the logging configuration alone; start with {@link io.akrimqtt.serving.log.JsonLineEncoder}. */
@NullMarked
package io.akrimqtt.serving.log;

import org.jspecify.annotations.NullMarked;
