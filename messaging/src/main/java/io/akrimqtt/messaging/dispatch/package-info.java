/** Hands each message to the first router that wants it. */
@NullMarked
package io.akrimqtt.messaging.dispatch;

import org.jspecify.annotations.NullMarked;
