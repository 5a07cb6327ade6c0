package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.Delivery;
import java.time.Instant;

/**
 * A request and the delivery to be acknowledged once it is answered.
 *
 * @param deadline when nobody waits for the answer any more
 */
record Asked(IncomingRequest request, Delivery delivery, Instant deadline) {}
