/**
 * The commands of {@code akri-mqtt}: arguments in, an exit code out. What they do is elsewhere.
 *
 * <p>Start with {@link io.akrimqtt.cli.command.Cli}.
 */
@NullMarked
package io.akrimqtt.cli.command;

import org.jspecify.annotations.NullMarked;
