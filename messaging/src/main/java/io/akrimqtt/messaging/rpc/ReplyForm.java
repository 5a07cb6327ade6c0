package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import java.time.Duration;

/** How a request wants its answers written, and where. */
@FunctionalInterface
interface ReplyForm {

    /** @param left what is left of the request's time, positive */
    Message message(Response response, Duration left);
}
