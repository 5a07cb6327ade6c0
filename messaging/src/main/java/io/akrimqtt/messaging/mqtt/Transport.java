package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttClientTransportConfig;
import com.hivemq.client.mqtt.MqttWebSocketConfig;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** How to get to a server. Immutable; made once, so that bad certificates are told when the client is made. */
final class Transport {

    private static final long CONNECT_SECONDS = 10;
    private static final long CONNACK_SECONDS = 20;

    private final ServerUrl url;
    private final TlsOptions tls;
    private final Optional<TrustManagerFactory> trust;
    private final Optional<KeyManagerFactory> keys;

    /** @throws IllegalArgumentException for certificates and keys that are none; without secrets */
    Transport(ServerUrl url, TlsOptions tls) {
        this.url = url;
        this.tls = tls;
        trust = url.transport().encrypted() ? Trust.trustManagers(tls) : Optional.empty();
        keys = url.transport().encrypted() ? Trust.keyManagers(tls) : Optional.empty();
    }

    /** Whether the host is looked up when the library's client is made, not at each attempt. */
    boolean resolvesEarly() {
        return url.transport().encrypted() && tls.serverName() != null;
    }

    /** @throws UnknownHostException where another name is expected in the certificate and the host cannot be resolved */
    MqttClientTransportConfig config() throws UnknownHostException {
        return MqttClientTransportConfig.builder()
                .serverAddress(address())
                .socketConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS)
                .mqttConnectTimeout(CONNACK_SECONDS, TimeUnit.SECONDS)
                .sslConfig(ssl())
                .webSocketConfig(webSocket())
                .build();
    }

    /** The library sends the address's name as SNI and expects it in the certificate, so that is where another name goes. */
    private InetSocketAddress address() throws UnknownHostException {
        var name = tls.serverName();
        if (!resolvesEarly() || name == null) {
            return InetSocketAddress.createUnresolved(url.host(), url.port());
        }
        var address = InetAddress.getByName(url.host()).getAddress();
        return new InetSocketAddress(InetAddress.getByAddress(name, address), url.port());
    }

    private @Nullable MqttClientSslConfig ssl() {
        if (!url.transport().encrypted()) {
            return null;
        }
        var builder = MqttClientSslConfig.builder()
                .trustManagerFactory(trust.orElse(null))
                .keyManagerFactory(keys.orElse(null))
                .handshakeTimeout(CONNECT_SECONDS, TimeUnit.SECONDS);
        return tls.insecureSkipVerify()
                ? builder.hostnameVerifier((_, _) -> true).build()
                : builder.build();
    }

    private @Nullable MqttWebSocketConfig webSocket() {
        return url.transport().webSocket()
                ? MqttWebSocketConfig.builder().serverPath(url.path()).build()
                : null;
    }
}
