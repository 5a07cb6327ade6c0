package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The MQTT client id of a workload at one server: the same after a restart of the same workload, so that its session goes on,
 * and another for every other workload, so that they do not take each other over. 23 characters at most, as all servers take.
 */
final class ClientId {

    private static final String PREFIX = "akri-mqtt-w-";
    private static final int HEX_DIGITS = 10;

    private ClientId() {}

    static String of(TopicName device, ServerUrl server, String workload) {
        // No part can contain U+0000, so that two different triples never make the same text.
        var text = device.value() + '\0' + server + '\0' + workload;
        var digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return PREFIX + HexFormat.of().formatHex(digest).substring(0, HEX_DIGITS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK promises SHA-256", e);
        }
    }
}
