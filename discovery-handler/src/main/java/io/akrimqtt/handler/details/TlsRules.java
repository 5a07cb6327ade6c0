package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.TlsOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the details say about TLS; certificates and keys come from the discoveryProperties.
 *
 * @param serverName the name to expect in the servers' certificates, or null for each URL's host
 * @param insecureSkipVerify trust any certificate
 */
public record TlsRules(@Nullable String serverName, boolean insecureSkipVerify) {

    public static final TlsRules DEFAULT = new TlsRules(null, false);

    /** The same certificates and keys under these rules. */
    public TlsOptions applied(TlsOptions secrets) {
        return new TlsOptions(
                secrets.authorities(), secrets.certificate(), secrets.key(), serverName, insecureSkipVerify);
    }
}
