/** Tests. */
@NullMarked
package io.akrimqtt.monitor.command.life;

import org.jspecify.annotations.NullMarked;
