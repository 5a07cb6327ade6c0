package io.akrimqtt.monitor.api.guard;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import io.grpc.util.CertificateUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Fetches a small document over HTTPS, from the very URL it is given: a server's redirects are not followed. */
final class KeyRetriever extends DefaultResourceRetriever {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The largest document, in bytes. */
    static final int MOST = 256 * 1024;

    private KeyRetriever(@Nullable SSLSocketFactory sockets) {
        super(Math.toIntExact(PATIENCE.toMillis()), Math.toIntExact(PATIENCE.toMillis()), MOST, true, sockets);
    }

    /**
     * @param authorities who signs the server's certificate, in PEM; null for those that the JDK trusts
     * @throws IllegalArgumentException where they cannot be read
     */
    static KeyRetriever trusting(@Nullable String authorities) {
        return new KeyRetriever(authorities == null ? null : sockets(authorities));
    }

    private static SSLSocketFactory sockets(String authorities) {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateUtils.getX509Certificates(
                    new ByteArrayInputStream(authorities.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("the authorities cannot be read (expected: certificates in PEM)", e);
        }
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
        var connection = super.openHTTPConnection(url);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }
}
