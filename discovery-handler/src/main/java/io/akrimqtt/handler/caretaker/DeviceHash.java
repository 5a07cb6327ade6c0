package io.akrimqtt.handler.caretaker;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** Whether the end of an Instance's name is what Akri makes of a device's id: BLAKE2b with a digest of 24 bits, not keyed. */
final class DeviceHash {

    private static final int BITS = 24;

    /** How many ids that avoid a collision ({@code id#2}, {@code id#3} …) are tried. */
    private static final int SUFFIXES = 9;

    private DeviceHash() {}

    /** Whether an Instance with this end of its name is this device's, reported under its own id or a suffixed one. */
    static boolean fits(String device, String hash) {
        for (int suffix = 1; suffix <= SUFFIXES; suffix++) {
            if (of(suffix == 1 ? device : device + "#" + suffix).equals(hash)) {
                return true;
            }
        }
        return false;
    }

    static String of(String reportedId) {
        var digest = new Blake2bDigest(BITS);
        byte[] id = reportedId.getBytes(StandardCharsets.UTF_8);
        digest.update(id, 0, id.length);
        byte[] hash = new byte[BITS / Byte.SIZE];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }
}
