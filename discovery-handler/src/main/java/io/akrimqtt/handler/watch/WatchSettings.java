package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;

/**
 * What to watch, and as whom.
 *
 * @param nodeName part of the client ids: two handlers with one id would take each other over, and a restarted one should keep
 *     its own, so that it finds its sessions again
 * @param detailsDigest tells these details from others; part of the client ids
 */
public record WatchSettings(
        DiscoveryDetails details, Credentials credentials, TlsOptions tls, String nodeName, String detailsDigest) {

    /** Names neither the credentials nor the keys. */
    @Override
    public String toString() {
        return "WatchSettings[" + details.servers() + ", " + details.topics() + "]";
    }
}
