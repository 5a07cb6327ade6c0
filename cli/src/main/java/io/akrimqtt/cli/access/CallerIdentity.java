package io.akrimqtt.cli.access;

import io.akrimqtt.serving.ClientTls;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * As whom to call a workload's API, and whom to trust. Never printed.
 *
 * @param tls null for none: loopback, Unix sockets and forwarded ports without TLS
 * @param token a bearer token; empty for none
 */
public record CallerIdentity(@Nullable ClientTls tls, String token) {

    /** Nobody, without TLS. */
    public static final CallerIdentity NOBODY = new CallerIdentity(null, "");

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    /**
     * Opens the API at an address.
     *
     * @throws UnreachableException where certificates or keys cannot be used, or a token would leave this machine in the clear
     */
    public WorkloadConnection open(ListenAddress address) throws UnreachableException {
        if (!token.isEmpty() && tls == null && !address.local()) {
            throw new UnreachableException("the token is not sent to " + address
                    + " without TLS (expected: TLS, or an address on this machine)");
        }
        try {
            var connection = tls == null ? GrpcChannels.open(address) : GrpcChannels.open(address, tls);
            if (token.isEmpty()) {
                return WorkloadConnection.of(connection);
            }
            var headers = new Metadata();
            headers.put(AUTHORIZATION, "Bearer " + token);
            return WorkloadConnection.of(
                    ClientInterceptors.intercept(
                            connection.channel(), MetadataUtils.newAttachHeadersInterceptor(headers)),
                    connection::close);
        } catch (IOException e) {
            throw new UnreachableException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String toString() {
        return "CallerIdentity[***]";
    }
}
