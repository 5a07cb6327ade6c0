package io.akrimqtt.serving;

import io.grpc.ChannelCredentials;
import io.grpc.TlsChannelCredentials;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who to be as a gRPC client with TLS. Never printed.
 *
 * @param authorities certificates in PEM that sign the server's; null for those that the JDK trusts
 * @param certificate the client's certificate chain in PEM; null for none
 * @param key its private key in PEM (PKCS#8); with {@code certificate} only
 * @param serverName what the server's certificate has to name; empty for the host of the address
 */
public record ClientTls(
        @Nullable String authorities,
        @Nullable String certificate,
        @Nullable String key,
        String serverName) {

    /** @throws IOException where certificates or keys cannot be read; the message holds no key */
    ChannelCredentials credentials() throws IOException {
        try {
            var tls = TlsChannelCredentials.newBuilder();
            if (authorities != null) {
                tls.trustManager(stream(authorities));
            }
            if (certificate != null && key != null) {
                tls.keyManager(stream(certificate), stream(key));
            }
            return tls.build();
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException("cannot use the certificates or the key (expected: PEM, and a key in PKCS#8)", e);
        }
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "ClientTls[***]";
    }
}
