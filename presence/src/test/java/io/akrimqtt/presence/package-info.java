/** What holds for the whole module. */
@NullMarked
package io.akrimqtt.presence;

import org.jspecify.annotations.NullMarked;
