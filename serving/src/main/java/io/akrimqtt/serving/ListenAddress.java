package io.akrimqtt.serving;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Where to listen, or to connect to: {@code host:port}, {@code unix:/absolute/path}, or {@code off}. */
public sealed interface ListenAddress {

    /**
     * A TCP port.
     *
     * @param port 0 to 65535; 0 lets the system choose
     */
    record Tcp(String host, int port) implements ListenAddress {
        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /** A Unix socket; its path is at most 107 bytes long, Linux' limit. */
    record UnixSocket(Path path) implements ListenAddress {
        @Override
        public String toString() {
            return "unix:" + path;
        }
    }

    /** Nowhere. */
    record Off() implements ListenAddress {
        @Override
        public String toString() {
            return "off";
        }
    }

    /** Whether nobody beyond this machine can be there: loopback, written as such (a name may mean anything), or a socket. */
    default boolean local() {
        return switch (this) {
            case Tcp(var host, var _) ->
                host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
            case UnixSocket _, Off _ -> true;
        };
    }

    /** The longest path of a Unix socket in bytes. */
    int MAX_SOCKET_PATH = 107;

    /** What is wrong with a text as an address, or empty where nothing is. */
    static Optional<String> problem(String text) {
        if (text.equals("off")) {
            return Optional.empty();
        }
        if (text.startsWith("unix:")) {
            var path = text.substring("unix:".length());
            if (!path.startsWith("/")) {
                return Optional.of("is no absolute path (expected: unix:/absolute/path)");
            }
            return path.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH
                    ? Optional.of(
                            "is longer than " + MAX_SOCKET_PATH + " bytes (expected: a shorter path of the socket)")
                    : Optional.empty();
        }
        int colon = text.lastIndexOf(':');
        var port = text.substring(colon + 1);
        boolean number = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return colon <= 0 || !number || Integer.parseInt(port) > 65_535
                ? Optional.of("is no address (expected: host:port, unix:/absolute/path or off)")
                : Optional.empty();
    }

    /**
     * Reads an address that a person wrote.
     *
     * @throws IllegalArgumentException where {@link #problem} tells something
     */
    static ListenAddress parse(String text) {
        problem(text).ifPresent(problem -> {
            throw new IllegalArgumentException("address: '" + text + "' " + problem);
        });
        if (text.equals("off")) {
            return new Off();
        }
        if (text.startsWith("unix:")) {
            return new UnixSocket(Path.of(text.substring("unix:".length())));
        }
        int colon = text.lastIndexOf(':');
        var host = text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return new Tcp(
                bracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(text.substring(colon + 1)));
    }
}
