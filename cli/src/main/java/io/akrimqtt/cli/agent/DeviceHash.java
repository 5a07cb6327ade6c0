package io.akrimqtt.cli.agent;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** The 24 bits that name a device's Instance (device_hash in Akri's discovery_handler_registry.rs). */
final class DeviceHash {

    private static final int BITS = 24;

    private DeviceHash() {}

    /** Six lower-case hexadecimal digits; of the id alone where the device is shared, otherwise of id and node. */
    static String of(String id, boolean shared, String node) {
        var bytes = (shared ? id : id + node).getBytes(StandardCharsets.UTF_8);
        var digest = new Blake2bDigest(BITS);
        digest.update(bytes, 0, bytes.length);
        var hash = new byte[BITS / 8];
        digest.doFinal(hash, 0);
        return HexFormat.of().formatHex(hash);
    }
}
