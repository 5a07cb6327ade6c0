package io.akrimqtt.handler.akri;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Lets a method send response headers before its first message. gRPC for Java keeps them back until then, and Akri's agent, its
 * registrations included, hangs until they come (Akri contract, trap 2).
 */
final class HeadersFirst implements ServerInterceptor {

    /** Sends the headers of the current call, once; call it where messages of the call are sent, never at the same time. */
    static final Context.Key<Runnable> SEND = Context.key("send-headers");

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        var once = new Once<>(call);
        Runnable send = () -> once.sendHeaders(new Metadata());
        return Contexts.interceptCall(Context.current().withValue(SEND, send), once, headers, next);
    }

    /** Swallows the headers that come with the first message where some were sent before. */
    private static final class Once<Q, A> extends SimpleForwardingServerCall<Q, A> {

        private boolean sent;

        Once(ServerCall<Q, A> call) {
            super(call);
        }

        @Override
        public void sendHeaders(Metadata headers) {
            if (!sent) {
                sent = true;
                super.sendHeaders(headers);
            }
        }
    }
}
