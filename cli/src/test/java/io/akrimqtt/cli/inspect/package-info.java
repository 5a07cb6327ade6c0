/** What inspect promises. */
@NullMarked
package io.akrimqtt.cli.inspect;

import org.jspecify.annotations.NullMarked;
