package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.WatchedServer;
import io.akrimqtt.messaging.client.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Client ids: the same after a restart, another on each node and for each set of details; 45 characters at most, and on MQTT 3.1.1,
 * where it was asked for, 23 letters and digits.
 */
final class ClientIds {

    private static final int DIGEST_BYTES = 5;

    private ClientIds() {}

    /** The id of the live connection. */
    static String live(WatchSettings settings, WatchedServer server) {
        var parts = String.join(
                "\n",
                settings.detailsDigest(),
                server.url().toString(),
                settings.secrets(server).credentials().username().orElse(""),
                settings.nodeName());
        byte[] digest = sha256().digest(parts.getBytes(StandardCharsets.UTF_8));
        return settings.details().connection().clientIdPrefix()
                + joint(settings)
                + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    }

    /** The id of the connections that read retained messages. */
    static String snapshot(WatchSettings settings, WatchedServer server) {
        return live(settings, server) + joint(settings) + "s";
    }

    private static String joint(WatchSettings settings) {
        return settings.details().connection().protocol() == ProtocolVersion.MQTT_3_1_1 ? "" : "-";
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK: no SHA-256 (promised by every Java platform)", e);
        }
    }
}
