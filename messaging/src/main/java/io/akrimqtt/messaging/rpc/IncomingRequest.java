package io.akrimqtt.messaging.rpc;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came to a device.
 *
 * @param key what is the same when it comes again, or null where nothing tells
 * @param idempotencyKey what is the same when the caller asks again, or null where it gave none
 * @param cancels it takes back the request with its key
 * @param refusal why it is not even looked at, or null
 * @param form how it is answered, or null where no answer is wanted
 */
record IncomingRequest(
        CommandRequest request,
        @Nullable String key,
        @Nullable String idempotencyKey,
        boolean cancels,
        @Nullable Response refusal,
        @Nullable ReplyForm form) {}
