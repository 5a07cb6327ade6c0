package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a request must be, with the status codes and the names that the mRPC protocol has for what is wrong. */
final class RequestRules {

    private static final int ID_SIZE = 16;

    /** Correlation data is remembered; nobody needs more than this. */
    private static final int LARGEST_ID = 256;

    private static final String CORRELATION = "Correlation Data";

    private RequestRules() {}

    /** Why it is refused, or null. */
    static @Nullable Response problem(Message message, ExecutorOptions options) {
        if (message.size() > options.largest()) {
            return Response.refused(
                    413, "payload: " + message.size() + " bytes (expected: at most " + options.largest() + ")");
        }
        if (!Headers.understood(message)) {
            return version(message.userProperty(Headers.PROTOCOL_VERSION).orElse(""));
        }
        if (message.utf8() && !Payload.of(message.payload(), null).utf8()) {
            return Response.refused(
                    400, "payload: not well-formed UTF-8, which it says it is", "Payload Format Indicator", "1");
        }
        var correlation = message.correlationData().orElse(null);
        if (correlation != null && correlation.length > LARGEST_ID) {
            return Response.refused(
                    400,
                    "correlation data: " + correlation.length + " bytes (expected: at most " + LARGEST_ID + ")",
                    CORRELATION,
                    null);
        }
        var key = message.userProperty(CommandRequest.IDEMPOTENCY_KEY).orElse("");
        if (key.length() > LARGEST_ID) {
            return Response.refused(
                    400,
                    "idempotency key: " + key.length() + " characters (expected: at most " + LARGEST_ID + ")",
                    CommandRequest.IDEMPOTENCY_KEY,
                    null);
        }
        return options.strict() ? strict(message, correlation) : null;
    }

    private static Response version(String version) {
        return Response.refused(505, "protocol version: not supported (expected: 1.x)")
                .with(Headers.REQUEST_VERSION, version)
                .with(Headers.SUPPORTED_VERSIONS, Headers.MAJOR_VERSION);
    }

    private static @Nullable Response strict(Message message, byte @Nullable [] correlation) {
        if (correlation == null) {
            return Response.refused(400, "correlation data: none (expected: 16 bytes)", CORRELATION, null);
        }
        if (correlation.length != ID_SIZE) {
            return Response.refused(
                    400,
                    "correlation data: " + correlation.length + " bytes (expected: 16)",
                    CORRELATION,
                    HexFormat.of().formatHex(correlation));
        }
        return message.expiry().isEmpty()
                ? Response.refused(400, "message expiry: none (expected: one)", "Message Expiry", null)
                : null;
    }
}
