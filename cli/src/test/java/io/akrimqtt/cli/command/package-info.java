/** What command promises. */
@NullMarked
package io.akrimqtt.cli.command;

import org.jspecify.annotations.NullMarked;
