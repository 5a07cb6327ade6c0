package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What makes two Discover calls the same watch: equal details, however they were written, and equal credentials. Equality looks
 * at the secrets themselves; {@link #digest} does not, and may be shown.
 *
 * @param secrets by the prefix of their discoveryProperties
 */
public record WatchKey(DiscoveryDetails details, Map<String, ServerSecrets> secrets) {

    public WatchKey {
        secrets = Map.copyOf(secrets);
    }

    /** One with the same secrets for all servers that name none. */
    public WatchKey(DiscoveryDetails details, Credentials credentials, TlsOptions tls) {
        this(details, Map.of(WatchedServer.CREDENTIALS, new ServerSecrets(credentials, tls)));
    }

    /**
     * 64 hexadecimal digits: SHA-256 of the details' meaning, the user names and the certificates. Neither a password nor a
     * private key goes into it, since a digest in logs and client ids would let people guess them; two keys that differ in
     * nothing else have one digest, and tell themselves apart by an ordinal. The same in every process.
     *
     * @param ordinal from 1
     */
    public String digest(int ordinal) {
        var digest = sha256();
        add(digest, Integer.toString(ordinal));
        details.urls().forEach(url -> add(digest, url.toString()));
        add(digest, "topics");
        details.topics().forEach(filter -> add(digest, filter.text()));
        add(digest, "status");
        details.status().forEach(status -> add(digest, status.toString()));
        add(digest, details.rules().toString());
        add(digest, details.watch().toString());
        add(digest, String.valueOf(details.commands()));
        add(digest, details.connection().qos().name());
        add(digest, secrets.getOrDefault(WatchedServer.CREDENTIALS, ServerSecrets.NONE));
        addWhatIsNotUsual(digest);
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * What was learned later is left out where nothing is written of it, so that such details keep their digest, and with it
     * their sessions and their journal, when the handler is replaced by a newer one.
     */
    private void addWhatIsNotUsual(MessageDigest digest) {
        var servers = details.servers().stream()
                .map(server -> server.alias() + " " + server.credentials())
                .toList();
        var plain = details.servers().stream()
                .map(server -> WatchedServer.of(server.url()))
                .toList();
        addUnless(details.servers().equals(plain), digest, "servers " + servers);
        addUnless(!details.perServer(), digest, "perBroker");
        addUnless(details.devices().equals(DeviceChoice.ALL), digest, details.devices());
        addUnless(details.publication().equals(Publication.DEFAULT), digest, details.publication());
        var connection = details.connection().withQos(ConnectionRules.DEFAULT.qos());
        addUnless(connection.equals(ConnectionRules.DEFAULT), digest, connection);
        addUnless(details.tls().equals(TlsRules.DEFAULT), digest, details.tls());
        addUnless(details.group() == null, digest, "group " + details.group());
        var others = new TreeMap<>(secrets);
        others.remove(WatchedServer.CREDENTIALS);
        others.forEach((prefix, each) -> {
            add(digest, "credentials " + prefix);
            add(digest, each);
        });
    }

    private static void addUnless(boolean usual, MessageDigest digest, Object value) {
        if (!usual) {
            add(digest, value.toString());
        }
    }

    private static void add(MessageDigest digest, ServerSecrets secrets) {
        add(digest, secrets.credentials().username().orElse(null));
        add(digest, secrets.tls().authorities());
        add(digest, secrets.tls().certificate());
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

    /** Names no secret. */
    @Override
    public String toString() {
        return "WatchKey[" + details.servers() + ", " + details.topics() + "]";
    }
}
