/** Metrics and health. */
@NullMarked
package io.akrimqtt.handler.observe;

import org.jspecify.annotations.NullMarked;
