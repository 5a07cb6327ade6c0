package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.UserProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes back for a request, final or not.
 *
 * @param headers what travels beside it where MQTT 5 carries it; status and text are not among them
 */
record Response(int status, Payload payload, String text, List<UserProperty> headers) {

    private static final int ERROR = 300;
    private static final int ACCEPTED = 202;
    private static final int IN_PROGRESS = 102;

    Response {
        headers = List.copyOf(headers);
    }

    /** A handler's answer; where it is an error, it is the application's, not the protocol's. */
    static Response of(CommandReply reply) {
        var headers = reply.status() >= ERROR
                ? List.of(new UserProperty(Headers.APPLICATION_ERROR, "true"))
                : List.<UserProperty>of();
        return new Response(reply.status(), reply.payload(), reply.text(), headers);
    }

    /** The executor's own no. */
    static Response refused(int status, String text) {
        return new Response(status, Payload.EMPTY, text, List.of());
    }

    /** The executor's own no, with the part of the request that is to blame. */
    static Response refused(int status, String text, String culprit, @Nullable String value) {
        var headers = new ArrayList<UserProperty>();
        headers.add(new UserProperty(Headers.PROPERTY_NAME, culprit));
        if (value != null) {
            headers.add(new UserProperty(Headers.PROPERTY_VALUE, value));
        }
        return new Response(status, Payload.EMPTY, text, headers);
    }

    static Response accepted(int sequence, String text) {
        return step(ACCEPTED, sequence, Payload.EMPTY, text);
    }

    static Response progress(int sequence, Payload payload, String text) {
        return step(IN_PROGRESS, sequence, payload, text);
    }

    private static Response step(int status, int sequence, Payload payload, String text) {
        return new Response(
                status,
                payload,
                text,
                List.of(
                        new UserProperty(Headers.SEQUENCE, Integer.toString(sequence)),
                        new UserProperty(Headers.LAST, "false")));
    }

    Response with(String header, String value) {
        var all = new ArrayList<>(headers);
        all.add(new UserProperty(header, value));
        return new Response(status, payload, text, all);
    }
}
