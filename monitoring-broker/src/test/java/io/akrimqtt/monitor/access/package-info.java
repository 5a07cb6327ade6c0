/** Tests. */
@NullMarked
package io.akrimqtt.monitor.access;

import org.jspecify.annotations.NullMarked;
