package io.akrimqtt.monitor.command.life;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two orders ask for the same, long after their payloads are gone. */
final class Fingerprint {

    private Fingerprint() {}

    /** SHA-256 over what the device gets, in hexadecimal. */
    static String of(CommandOrder order) {
        var digest = sha256();
        add(digest, order.command().getBytes(StandardCharsets.UTF_8));
        add(digest, order.payload().contentType().orElse("").getBytes(StandardCharsets.UTF_8));
        add(digest, order.payload().bytes());
        digest.update((byte) (order.oneWay() ? 1 : 0));
        if (!order.member().isEmpty()) {
            add(digest, order.member().getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length, so that no two lists of parts look alike. */
    private static void add(MessageDigest digest, byte[] part) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, part.length));
        digest.update(part);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK promises SHA-256", e);
        }
    }
}
