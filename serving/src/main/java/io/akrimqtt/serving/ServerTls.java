package io.akrimqtt.serving;

import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslProvider;
import io.grpc.util.AdvancedTlsX509KeyManager;
import io.grpc.util.AdvancedTlsX509TrustManager;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a listener, whose certificate, key and clients' authorities can be renewed while it listens: connections from then on see
 * the new ones, those that are open stay as they are. Thread-safe; never printed.
 */
public final class ServerTls {

    /** What clients have to show. */
    public enum ClientCertificates {
        NONE(ClientAuth.NONE),
        OPTIONAL(ClientAuth.OPTIONAL),
        REQUIRED(ClientAuth.REQUIRE);

        private final ClientAuth auth;

        ClientCertificates(ClientAuth auth) {
            this.auth = auth;
        }
    }

    private static final byte[] PROBE = "akri-mqtt".getBytes(StandardCharsets.US_ASCII);

    private final AdvancedTlsX509KeyManager identity = new AdvancedTlsX509KeyManager();
    private final AdvancedTlsX509TrustManager clients;
    private final ClientCertificates demanded;

    private ServerTls(AdvancedTlsX509TrustManager clients, ClientCertificates demanded) {
        this.clients = clients;
        this.demanded = demanded;
    }

    /**
     * Makes it of PEM.
     *
     * @param certificate the listener's chain
     * @param key its private key (PKCS#8)
     * @param clientAuthorities who signs clients' certificates; null where {@code demanded} is NONE
     * @throws IOException where they cannot be read, or the key is not the certificate's; the message holds no key
     */
    public static ServerTls of(
            String certificate, String key, @Nullable String clientAuthorities, ClientCertificates demanded)
            throws IOException {
        try {
            var tls = new ServerTls(AdvancedTlsX509TrustManager.newBuilder().build(), demanded);
            tls.renew(certificate, key, clientAuthorities);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IOException("this Java has no TLS", e);
        }
    }

    /**
     * Puts others in their place; all of them or none.
     *
     * @throws IOException as {@link #of} throws it: what was there stays
     */
    public void renew(String certificate, String key, @Nullable String clientAuthorities) throws IOException {
        var chain = certificates(certificate, "the certificate");
        var own = key(key);
        if (!belongs(own, chain[0].getPublicKey())) {
            throw new IOException("the key is not that of the certificate (expected: a pair)");
        }
        var authorities =
                clientAuthorities == null ? null : certificates(clientAuthorities, "the clients' authorities");
        try {
            if (authorities != null) {
                clients.updateTrustCredentials(authorities);
            }
            identity.updateIdentityCredentials(chain, own);
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates cannot be used", e);
        }
    }

    private static X509Certificate[] certificates(String pem, String what) throws IOException {
        try {
            var read = CertificateUtils.getX509Certificates(stream(pem));
            if (read.length > 0) {
                return read;
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(what + " cannot be read (expected: certificates in PEM)", e);
        }
        throw new IOException(what + " cannot be read (expected: certificates in PEM)");
    }

    /** The library's errors may quote what it read: they are not passed on. */
    private static PrivateKey key(String pem) throws IOException {
        try {
            return CertificateUtils.getPrivateKey(stream(pem));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("the key cannot be read (expected: PKCS#8 in PEM)");
        }
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) throws IOException {
        try {
            var algorithm = switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> key.getAlgorithm();
            };
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            var signed = signer.sign();
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certified);
            verifier.update(PROBE);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            throw new IOException("the key is not that of the certificate (expected: a pair)", e);
        }
    }

    private static InputStream stream(String pem) {
        return new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** By the JDK: it asks at each handshake whose certificates are taken, where OpenSSL asks once. */
    SslContext context() throws IOException {
        var builder = GrpcSslContexts.configure(SslContextBuilder.forServer(identity), SslProvider.JDK);
        return demanded == ClientCertificates.NONE
                ? builder.build()
                : builder.trustManager(clients).clientAuth(demanded.auth).build();
    }

    @Override
    public String toString() {
        return "ServerTls[***]";
    }
}
