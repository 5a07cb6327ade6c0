/** Tests of the package of the same name. */
@NullMarked
package io.akrimqtt.cli.recording;

import org.jspecify.annotations.NullMarked;
