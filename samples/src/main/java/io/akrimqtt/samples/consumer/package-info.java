/**
 * An application as you might write one: it follows all devices of a Configuration through their monitoring brokers, which it finds by
 * the DNS name of the Configuration's Service.
 *
 * <p>Start with {@link io.akrimqtt.samples.consumer.ConsumerMain}.
 */
@NullMarked
package io.akrimqtt.samples.consumer;

import org.jspecify.annotations.NullMarked;
