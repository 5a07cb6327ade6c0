/** What local promises. */
@NullMarked
package io.akrimqtt.cli.local;

import org.jspecify.annotations.NullMarked;
