/** Stories of the local agent: its rules without I/O, then handlers of all sorts over real Unix sockets. */
@NullMarked
package io.akrimqtt.cli.agent;

import org.jspecify.annotations.NullMarked;
