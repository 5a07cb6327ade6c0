package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ServerUrl;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Client ids: the same after a restart, another on each node and for each set of details; 22 characters at most. */
final class ClientIds {

    private static final int DIGEST_BYTES = 5;

    private ClientIds() {}

    /** The id of the live connection. */
    static String live(WatchSettings settings, ServerUrl server) {
        var parts = String.join(
                "\n",
                settings.detailsDigest(),
                server.toString(),
                settings.credentials().username().orElse(""),
                settings.nodeName());
        byte[] digest = sha256().digest(parts.getBytes(StandardCharsets.UTF_8));
        return "akri-mqtt-" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    }

    /** The id of the connections that read retained messages. */
    static String snapshot(WatchSettings settings, ServerUrl server) {
        return live(settings, server) + "-s";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK: no SHA-256 (promised by every Java platform)", e);
        }
    }
}
