package io.akrimqtt.handler.cluster;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/**
 * The end of an Instance's name as Akri's agent makes it: BLAKE2b with a digest of 3 bytes, not keyed, in hexadecimal. It has 24
 * bits only, so that two devices may well have the same.
 */
public final class InstanceHash {

    private static final int BITS = 24;

    /** Behind the id of a device that cannot have its own. */
    private static final Pattern SUFFIX = Pattern.compile("|#[1-9][0-9]{0,8}");

    /** Of so many devices with one name the last is found, which are more than ever meet. */
    private static final int MOST = 32;

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

    /**
     * Under which id a device was reported whose Instance has this hash; empty where that is none of its ids, so that somebody else
     * made the Instance.
     */
    public static Optional<String> reportedId(String device, String hash) {
        return reportedId(device, hash, MOST);
    }

    /** The same, of the first so many ids of a device. */
    public static Optional<String> reportedId(String device, String hash, int most) {
        if (of(device).equals(hash)) {
            return Optional.of(device);
        }
        for (int suffix = 2; suffix <= most; suffix++) {
            if (of(device + "#" + suffix).equals(hash)) {
                return Optional.of(device + "#" + suffix);
            }
        }
        return Optional.empty();
    }

    /** Whether a device may be reported under an id: its own, or its own with a suffix. */
    public static boolean mayBe(String device, String id) {
        return id.startsWith(device)
                && SUFFIX.matcher(id.substring(device.length())).matches();
    }
}
