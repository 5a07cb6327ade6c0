package io.akrimqtt.monitor.api.trace;

import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.trace.TraceContext;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads W3C Trace Context from the metadata of calls; what breaks its rules is dropped. Thread-safe. */
public final class TraceCalls implements ServerInterceptor {

    private static final Context.Key<TraceContext> TRACE = Context.key("trace");

    private TraceCalls() {}

    /** A service whose calls know their trace. */
    public static BindableService before(BindableService service) {
        return () -> ServerInterceptors.intercept(service, new TraceCalls());
    }

    /** The trace of the call that is being served on this thread, or null. */
    public static @Nullable TraceContext trace() {
        return TRACE.get();
    }

    @Override
    public <T, R> ServerCall.Listener<T> interceptCall(
            ServerCall<T, R> call, Metadata headers, ServerCallHandler<T, R> next) {
        var trace = read(headers);
        return trace.isPresent()
                ? Contexts.interceptCall(Context.current().withValue(TRACE, trace.get()), call, headers, next)
                : next.startCall(call, headers);
    }

    private static Optional<TraceContext> read(Metadata headers) {
        var found = new ArrayList<UserProperty>(2);
        for (var name : List.of(TraceContext.PARENT, TraceContext.STATE)) {
            var values = headers.getAll(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
            if (values != null) {
                values.forEach(value -> found.add(new UserProperty(name, value)));
            }
        }
        return found.isEmpty() ? Optional.empty() : TraceContext.of(found);
    }
}
