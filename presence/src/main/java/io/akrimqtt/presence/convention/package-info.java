/**
 * How devices announce themselves: one small class per convention, from a message to what it says about a device.
 * Pure: bytes in, readings out. Start with {@link io.akrimqtt.presence.convention.TopicsConvention}.
 */
@NullMarked
package io.akrimqtt.presence.convention;

import org.jspecify.annotations.NullMarked;
