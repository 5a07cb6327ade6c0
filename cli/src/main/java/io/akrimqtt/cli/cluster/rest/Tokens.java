package io.akrimqtt.cli.cluster.rest;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The bearer tokens of one run. Only their digests are kept. Thread-safe. */
final class Tokens {

    private static final int BYTES = 32;

    private final SecureRandom random;
    private final Map<String, Identity> identities = new ConcurrentHashMap<>();

    Tokens(SecureRandom random) {
        this.random = random;
    }

    /** A new token for somebody. */
    String issue(Identity identity) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        identities.put(digest(token), identity);
        return token;
    }

    /** Whom the value of an {@code Authorization} header stands for. */
    Optional<Identity> of(String authorization) {
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                identities.get(digest(authorization.substring(7).strip())));
    }

    private static String digest(String token) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("tokens: every Java has SHA-256", e);
        }
    }
}
