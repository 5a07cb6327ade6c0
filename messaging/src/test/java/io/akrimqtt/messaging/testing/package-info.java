/**
 * Real MQTT servers for tests, their certificates, and a proxy that breaks connections. Used by all modules' tests.
 *
 * <p>Start with {@link io.akrimqtt.messaging.testing.MosquittoServer}.
 */
@NullMarked
package io.akrimqtt.messaging.testing;

import org.jspecify.annotations.NullMarked;
