package io.akrimqtt.monitor.access;

import org.jspecify.annotations.Nullable;

/**
 * How callers of the gRPC listener show who they are, and what they may do. Never printed.
 *
 * @param certificate the listener's certificate chain in PEM; null for no TLS
 * @param key its private key in PEM (PKCS#8); with {@code certificate} only
 * @param clientAuthorities certificates in PEM that sign those of clients; null where clients show none
 * @param tokens how bearer tokens are checked; null where none are taken
 * @param rules what callers may do
 */
public record AccessSettings(
        @Nullable String certificate,
        @Nullable String key,
        @Nullable String clientAuthorities,
        @Nullable TokenSettings tokens,
        AccessRules rules) {

    /** No TLS, and everybody may everything. */
    public static final AccessSettings OPEN = new AccessSettings(null, null, null, null, AccessRules.OPEN);

    /**
     * How bearer tokens are checked: JWTs, signed, with an expiry.
     *
     * @param keys a JWK set in JSON; empty where there is a URL
     * @param url where the JWK set is, https; empty where there are keys
     * @param issuer the {@code iss} to expect
     * @param audience the {@code aud} to expect
     */
    public record TokenSettings(String keys, String url, String issuer, String audience) {}

    @Override
    public String toString() {
        return "AccessSettings[***]";
    }
}
