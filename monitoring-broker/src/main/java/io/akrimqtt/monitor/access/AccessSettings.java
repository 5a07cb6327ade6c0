package io.akrimqtt.monitor.access;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How callers of the gRPC listener show who they are, and what they may do. Never printed.
 *
 * @param certificate the listener's certificate chain in PEM; null for no TLS
 * @param key its private key in PEM (PKCS#8); with {@code certificate} only
 * @param clientAuthorities certificates in PEM that sign those of clients; null where clients show none
 * @param tokens how bearer tokens are checked; null where none are taken
 * @param rules what callers may do
 * @param files where that which came from files is read again when it changes
 */
public record AccessSettings(
        @Nullable String certificate,
        @Nullable String key,
        @Nullable String clientAuthorities,
        @Nullable TokenSettings tokens,
        AccessRules rules,
        Files files) {

    /** No TLS, and everybody may everything. */
    public static final AccessSettings OPEN = new AccessSettings(null, null, null, null, AccessRules.OPEN, Files.NONE);

    /**
     * How bearer tokens are checked: JWTs, signed, with an expiry.
     *
     * @param keys a JWK set in JSON; empty where there is a URL
     * @param url where the JWK set is, https; empty where there are keys
     * @param issuer the {@code iss} to expect
     * @param audience the {@code aud} to expect
     * @param urlAuthorities certificates in PEM that sign the URL's; null for those that the JDK trusts
     */
    public record TokenSettings(
            String keys,
            String url,
            String issuer,
            String audience,
            @Nullable String urlAuthorities) {

        @Override
        public String toString() {
            return "TokenSettings[***]";
        }
    }

    /** Each null where the setting came by itself, or not at all. */
    public record Files(
            @Nullable Path certificate,
            @Nullable Path key,
            @Nullable Path clientAuthorities,
            @Nullable Path tokenKeys,
            @Nullable Path rules) {

        /** Nothing came from a file. */
        public static final Files NONE = new Files(null, null, null, null, null);
    }

    @Override
    public String toString() {
        return "AccessSettings[***]";
    }
}
