/**
 * Says what the discovery handler would make of one message, without any MQTT server: it asks the handler's own convention and
 * presence core.
 *
 * <p>Start with {@link io.akrimqtt.cli.explain.Explainer}.
 */
@NullMarked
package io.akrimqtt.cli.explain;

import org.jspecify.annotations.NullMarked;
