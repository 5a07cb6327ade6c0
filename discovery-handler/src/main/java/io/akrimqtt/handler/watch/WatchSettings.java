package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.ServerSecrets;
import io.akrimqtt.handler.details.WatchedServer;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import java.util.Map;

/**
 * What to watch, and as whom.
 *
 * @param secrets by the prefix that the details name for a server
 * @param nodeName part of the client ids: two handlers with one id would take each other over, and a restarted one should keep
 *     its own, so that it finds its sessions again
 * @param detailsDigest tells these details from others; part of the client ids
 */
public record WatchSettings(
        DiscoveryDetails details, Map<String, ServerSecrets> secrets, String nodeName, String detailsDigest) {

    public WatchSettings {
        secrets = Map.copyOf(secrets);
    }

    /** One with the same secrets for all servers that name none. */
    public WatchSettings(
            DiscoveryDetails details, Credentials credentials, TlsOptions tls, String nodeName, String detailsDigest) {
        this(details, Map.of(WatchedServer.CREDENTIALS, new ServerSecrets(credentials, tls)), nodeName, detailsDigest);
    }

    /** As whom to connect to a server. */
    ServerSecrets secrets(WatchedServer server) {
        return secrets.getOrDefault(server.credentials(), ServerSecrets.NONE);
    }

    /** Names neither the credentials nor the keys. */
    @Override
    public String toString() {
        return "WatchSettings[" + details.servers() + ", " + details.topics() + "]";
    }
}
