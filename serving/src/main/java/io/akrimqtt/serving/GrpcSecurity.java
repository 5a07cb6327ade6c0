package io.akrimqtt.serving;

import io.grpc.ServerInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a listener.
 *
 * @param tls null for none; Unix sockets have none in any case
 * @param guard stands before all services but health, which probes ask; null for none
 */
public record GrpcSecurity(
        @Nullable ServerTls tls, @Nullable ServerInterceptor guard) {

    /** Everybody, without TLS. */
    public static final GrpcSecurity NONE = new GrpcSecurity(null, null);
}
