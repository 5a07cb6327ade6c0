/** Real child processes, as small as they can be. */
@NullMarked
package io.akrimqtt.cli.process;

import org.jspecify.annotations.NullMarked;
