/** Tests. */
@NullMarked
package io.akrimqtt.monitor.device;

import org.jspecify.annotations.NullMarked;
