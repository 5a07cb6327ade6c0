package io.akrimqtt.cli.agent;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Refuses calls as the h2 library under Akri's agent does, which resets a stream whose {@code :authority} is not {@code
 * host[:port]}: a socket's path, for one, as grpc-java sends it unless told otherwise (grpc-java issue 12664).
 */
final class CallAuthority implements ServerInterceptor {

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("([A-Za-z0-9._~!$&'()*+,;=-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{1,5})?");

    private static final Status RESET =
            Status.INTERNAL.withDescription("RST_STREAM closed stream. HTTP/2 error code: PROTOCOL_ERROR"
                    + " (:authority is not host[:port]; call overrideAuthority(\"localhost\"))");

    static boolean acceptable(@Nullable String authority) {
        return authority != null && HOST_AND_PORT.matcher(authority).matches();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (acceptable(call.getAuthority())) {
            return next.startCall(call, headers);
        }
        call.close(RESET, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
