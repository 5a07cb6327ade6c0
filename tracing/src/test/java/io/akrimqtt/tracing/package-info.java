/** Tests of the export of spans. */
@NullMarked
package io.akrimqtt.tracing;

import org.jspecify.annotations.NullMarked;
