/**
 * Hands each message to the first router that wants it. Start with {@link io.akrimqtt.messaging.dispatch.CommandDispatcher}.
 */
@NullMarked
package io.akrimqtt.messaging.dispatch;

import org.jspecify.annotations.NullMarked;
