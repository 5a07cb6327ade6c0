package io.akrimqtt.monitor.api.guard;

import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.AuditText;
import io.akrimqtt.monitor.access.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
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

    /** So often is a refused call worth a line, however many there are. */
    private static final Duration LINES = Duration.ofSeconds(1);

    private final AccessRules rules;
    private final @Nullable Tokens tokens;
    private final InstantSource clock;
    private final AtomicReference<Instant> lastLine = new AtomicReference<>(Instant.MIN);
    private final AtomicLong unsaid = new AtomicLong();

    /** @param tokens null where none are taken */
    public CallGuard(AccessRules rules, @Nullable Tokens tokens, InstantSource clock) {
        this.rules = rules;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Who makes the call that is being served on this thread. */
    public static Caller caller() {
        return CALLER.get();
    }

    @Override
    public <T, R> ServerCall.Listener<T> interceptCall(
            ServerCall<T, R> call, Metadata headers, ServerCallHandler<T, R> next) {
        return switch (identify(call, headers)) {
            case Identified.As(var caller)
            when rules.knows(caller) ->
                Contexts.interceptCall(Context.current().withValue(CALLER, caller), call, headers, next);
            case Identified.As(var caller)
            when caller.proved() ->
                refuse(
                        call,
                        caller.name(),
                        Status.PERMISSION_DENIED.withDescription("the rules allow this caller nothing"));
            case Identified.As _, Identified.Wrong _ ->
                refuse(
                        call,
                        "",
                        Status.UNAUTHENTICATED.withDescription(
                                "no client certificate and no bearer token that is in order"));
            case Identified.Unknown _ ->
                refuse(
                        call,
                        "",
                        Status.UNAVAILABLE.withDescription("the keys of tokens cannot be had now; try again later"));
        };
    }

    private <T, R> ServerCall.Listener<T> refuse(ServerCall<T, R> call, String caller, Status status) {
        line(caller, call.getMethodDescriptor().getBareMethodName(), status);
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    /** Strangers call as often as they like: not each of them gets a line. */
    private void line(String caller, @Nullable String method, Status status) {
        var now = clock.instant();
        var last = lastLine.get();
        boolean due = last.equals(Instant.MIN) || Duration.between(last, now).compareTo(LINES) >= 0;
        if (!due || !lastLine.compareAndSet(last, now)) {
            unsaid.incrementAndGet();
            return;
        }
        LOG.atWarn()
                .addKeyValue("caller", AuditText.of(caller))
                .addKeyValue("method", method)
                .addKeyValue("status", status.getCode())
                .addKeyValue("refusedSinceLastLine", unsaid.getAndSet(0))
                .log("call is refused");
    }

    private Identified identify(ServerCall<?, ?> call, Metadata headers) {
        var certified = certificate(call);
        var header = headers.get(AUTHORIZATION);
        if (certified.isPresent() || tokens == null || header == null) {
            return new Identified.As(certified.orElse(Caller.ANYONE));
        }
        boolean bearer = header.regionMatches(true, 0, BEARER, 0, BEARER.length());
        return bearer ? tokens.caller(header.substring(BEARER.length()).strip()) : new Identified.Wrong();
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
