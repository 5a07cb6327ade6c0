package io.akrimqtt.handler.report;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The end of an Instance's name as Akri's agent makes it: BLAKE2b with a digest of 3 bytes, not keyed, in hexadecimal. It has 24
 * bits only, so that two devices may well have the same.
 */
public final class InstanceHash {

    private static final int BITS = 24;

    private InstanceHash() {}

    /** Six lower-case hexadecimal digits for the id under which a shared device is reported. */
    public static String of(String reportedId) {
        var digest = new Blake2bDigest(BITS);
        byte[] id = reportedId.getBytes(StandardCharsets.UTF_8);
        digest.update(id, 0, id.length);
        byte[] hash = new byte[BITS / Byte.SIZE];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }
}
