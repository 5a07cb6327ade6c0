/**
 * Ready-made codecs: JSON for values of a type, CloudEvents as an envelope. Any other envelope is a
 * {@link io.akrimqtt.messaging.client.PayloadCodec} of one's own. Start with {@link io.akrimqtt.messaging.codec.JsonCodec} and
 * {@link io.akrimqtt.messaging.codec.CloudEventCodec}.
 */
@NullMarked
package io.akrimqtt.messaging.codec;

import org.jspecify.annotations.NullMarked;
