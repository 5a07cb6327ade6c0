package io.akrimqtt.monitor.api.guard;

import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.Caller;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who calls, and lets in only whom the rules know. Thread-safe. */
public final class CallGuard implements ServerInterceptor {

    private static final Logger LOG = LoggerFactory.getLogger(CallGuard.class);
    private static final Context.Key<Caller> CALLER = Context.keyWithDefault("caller", Caller.ANYONE);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "bearer ";

    private final AccessRules rules;
    private final @Nullable Tokens tokens;

    /** @param tokens null where none are taken */
    public CallGuard(AccessRules rules, @Nullable Tokens tokens) {
        this.rules = rules;
        this.tokens = tokens;
    }

    /** Who makes the call that is being served on this thread. */
    public static Caller caller() {
        return CALLER.get();
    }

    /** A service behind the guard. */
    public BindableService before(BindableService service) {
        return () -> ServerInterceptors.intercept(service, this);
    }

    @Override
    public <T, R> ServerCall.Listener<T> interceptCall(
            ServerCall<T, R> call, Metadata headers, ServerCallHandler<T, R> next) {
        var caller = identify(call, headers);
        if (caller.isPresent() && rules.knows(caller.get())) {
            return Contexts.interceptCall(Context.current().withValue(CALLER, caller.get()), call, headers, next);
        }
        boolean proved = caller.filter(Caller::proved).isPresent();
        LOG.atWarn()
                .addKeyValue("caller", caller.map(Caller::name).orElse(""))
                .addKeyValue("method", call.getMethodDescriptor().getBareMethodName())
                .log("call is refused");
        call.close(
                proved
                        ? Status.PERMISSION_DENIED.withDescription("the rules allow this caller nothing")
                        : Status.UNAUTHENTICATED.withDescription(
                                "no client certificate and no bearer token that is in order"),
                new Metadata());
        return new ServerCall.Listener<>() {};
    }

    /** Empty for one who shows a token that is not in order. */
    private Optional<Caller> identify(ServerCall<?, ?> call, Metadata headers) {
        var certified = certificate(call);
        var header = headers.get(AUTHORIZATION);
        if (certified.isPresent() || tokens == null || header == null) {
            return Optional.of(certified.orElse(Caller.ANYONE));
        }
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? tokens.caller(header.substring(BEARER.length()).strip()) : Optional.empty();
    }

    private static Optional<Caller> certificate(ServerCall<?, ?> call) {
        var session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        try {
            var chain = session == null ? null : session.getPeerCertificates();
            if (chain == null || chain.length == 0 || !(chain[0] instanceof X509Certificate certificate)) {
                return Optional.empty();
            }
            var name = "certificate:" + certificate.getSubjectX500Principal().getName();
            return Optional.of(Caller.proved(name, List.of(name)));
        } catch (SSLPeerUnverifiedException e) {
            // It showed none.
            return Optional.empty();
        }
    }
}
