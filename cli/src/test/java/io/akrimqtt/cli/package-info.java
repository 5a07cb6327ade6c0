/** What holds for the whole module. */
@NullMarked
package io.akrimqtt.cli;

import org.jspecify.annotations.NullMarked;
