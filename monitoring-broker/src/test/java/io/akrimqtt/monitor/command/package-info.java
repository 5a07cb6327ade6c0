/** Tests. */
@NullMarked
package io.akrimqtt.monitor.command;

import org.jspecify.annotations.NullMarked;
