package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What makes two Discover calls the same watch: equal details, however they were written, and equal credentials. Equality looks
 * at the secrets themselves; {@link #digest} does not, and may be shown.
 */
public record WatchKey(DiscoveryDetails details, Credentials credentials, TlsOptions tls) {

    /**
     * 64 hexadecimal digits: SHA-256 of the details' meaning, the user name and the certificates. Neither a password nor a
     * private key goes into it, since a digest in logs and client ids would let people guess them; two keys that differ in
     * nothing else have one digest, and tell themselves apart by an ordinal.
     *
     * @param ordinal from 1
     */
    public String digest(int ordinal) {
        var digest = sha256();
        add(digest, Integer.toString(ordinal));
        details.servers().stream().map(ServerUrl::toString).forEach(url -> add(digest, url));
        add(digest, "topics");
        details.topics().forEach(filter -> add(digest, filter.text()));
        add(digest, "status");
        details.status().forEach(status -> add(digest, status.toString()));
        add(digest, details.rules().toString());
        add(digest, details.watch().toString());
        add(digest, String.valueOf(details.commands()));
        add(digest, details.qos().name());
        add(digest, credentials.username().orElse(null));
        add(digest, tls.authorities());
        add(digest, tls.certificate());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, @Nullable String text) {
        byte[] bytes = text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
        digest.update(
                ByteBuffer.allocate(4).putInt(text == null ? -1 : bytes.length).array());
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK: no SHA-256 (promised by every Java platform)", e);
        }
    }
}
