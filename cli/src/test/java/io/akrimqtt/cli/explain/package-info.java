/** Tests of what explains. */
@NullMarked
package io.akrimqtt.cli.explain;

import org.jspecify.annotations.NullMarked;
