/** Tests. */
@NullMarked
package io.akrimqtt.monitor.command.keep;

import org.jspecify.annotations.NullMarked;
