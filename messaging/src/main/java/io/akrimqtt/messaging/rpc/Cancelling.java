package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;

/** Taking a request back, where properties travel. */
final class Cancelling {

    private Cancelling() {}

    /** The same request again, without its payload and marked. */
    static Message of(Message request) {
        return request.toBuilder()
                .payload(new byte[0])
                .contentType(null)
                .utf8(false)
                .userProperty(Headers.CANCEL, "true")
                .build();
    }
}
