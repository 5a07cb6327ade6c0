package io.akrimqtt.messaging.client;

import org.jspecify.annotations.Nullable;

/**
 * How to trust a server and show who we are, for {@code ssl} and {@code wss}. Never printed.
 *
 * @param authorities certificates in PEM that sign the server's, or null for those that the JDK trusts
 * @param certificate the client's certificate chain in PEM, or null for none
 * @param key its private key in PEM (PKCS#8, PKCS#1 or SEC 1, without a passphrase); with {@code certificate} only
 * @param serverName the name to expect in the server's certificate and to send as SNI, or null for the URL's host
 * @param insecureSkipVerify trust any certificate: for tests; whoever asks for it says so in a warning, once
 */
public record TlsOptions(
        @Nullable String authorities,
        @Nullable String certificate,
        @Nullable String key,
        @Nullable String serverName,
        boolean insecureSkipVerify) {

    /** Trusts what the JDK trusts, shows no certificate. */
    public static final TlsOptions DEFAULT = new TlsOptions(null, null, null, null, false);

    @Override
    public String toString() {
        return "TlsOptions[***]";
    }
}
