package io.akrimqtt.messaging.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where an MQTT server listens.
 *
 * @param transport over which transport
 * @param host a name or an address, IPv6 without brackets
 * @param port 1 to 65535
 * @param path the path of a WebSocket, beginning with a slash; empty for the others
 */
public record ServerUrl(Transport transport, String host, int port, String path) {

    /** How bytes travel to the server. */
    public enum Transport {
        TCP("tcp", 1883, false, false),
        TLS("ssl", 8883, true, false),
        WEBSOCKET("ws", 80, false, true),
        WEBSOCKET_TLS("wss", 443, true, true);

        private final String scheme;
        private final int defaultPort;
        private final boolean encrypted;
        private final boolean webSocket;

        Transport(String scheme, int defaultPort, boolean encrypted, boolean webSocket) {
            this.scheme = scheme;
            this.defaultPort = defaultPort;
            this.encrypted = encrypted;
            this.webSocket = webSocket;
        }

        public boolean encrypted() {
            return encrypted;
        }

        public boolean webSocket() {
            return webSocket;
        }
    }

    private static final Map<String, Transport> SCHEMES = Map.of(
            "tcp", Transport.TCP,
            "mqtt", Transport.TCP,
            "ssl", Transport.TLS,
            "tls", Transport.TLS,
            "mqtts", Transport.TLS,
            "ws", Transport.WEBSOCKET,
            "wss", Transport.WEBSOCKET_TLS);

    private static final String EXPECTED =
            "(expected: tcp|mqtt|ssl|tls|mqtts|ws|wss://host[:port], a path only for ws and wss)";

    /** What is wrong with a text as a server's URL, or empty where nothing is. Never repeats a password. */
    public static Optional<String> problem(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            return text.indexOf('<') >= 0
                    ? Optional.of("has a placeholder in place of a host " + EXPECTED)
                    : Optional.of("is no URL: " + e.getReason() + " " + EXPECTED);
        }
        var transport = transport(uri);
        if (transport.isEmpty()) {
            return Optional.of("has no scheme that we know " + EXPECTED);
        }
        if (uri.getRawUserInfo() != null || text.indexOf('@') >= 0) {
            return Optional.of("has credentials (expected: none in the URL; they come from a Secret)");
        }
        if (uri.getHost() == null || uri.getHost().isEmpty()) {
            return Optional.of("has no host, or one with characters that hosts do not have " + EXPECTED);
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return Optional.of("has the port " + uri.getPort() + " (expected: 1 to 65535)");
        }
        boolean path = uri.getRawPath() != null
                && !uri.getRawPath().isEmpty()
                && !uri.getRawPath().equals("/");
        if (uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || (path && !transport.get().webSocket())) {
            return Optional.of("has a path, query or fragment " + EXPECTED);
        }
        return Optional.empty();
    }

    /**
     * Reads a URL that a person wrote.
     *
     * @throws IllegalArgumentException where {@link #problem} tells something
     */
    public static ServerUrl parse(String text) {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException("MQTT server URL: " + problem);
        });
        var uri = URI.create(text.strip());
        var transport = transport(uri).orElseThrow();
        var host = uri.getHost().startsWith("[")
                ? uri.getHost().substring(1, uri.getHost().length() - 1)
                : uri.getHost();
        var path = transport.webSocket() ? uri.getRawPath() : "";
        return new ServerUrl(transport, host, uri.getPort() < 0 ? transport.defaultPort : uri.getPort(), path);
    }

    private static Optional<Transport> transport(URI uri) {
        return Optional.ofNullable(uri.getScheme()).map(scheme -> SCHEMES.get(scheme.toLowerCase(Locale.ROOT)));
    }

    /** Always with the port. */
    @Override
    public String toString() {
        return transport.scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + path;
    }
}
