/** What output promises. */
@NullMarked
package io.akrimqtt.cli.output;

import org.jspecify.annotations.NullMarked;
