/** Tests of log lines. */
@NullMarked
package io.akrimqtt.serving.log;

import org.jspecify.annotations.NullMarked;
