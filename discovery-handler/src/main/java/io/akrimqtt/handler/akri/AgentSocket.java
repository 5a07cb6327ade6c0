package io.akrimqtt.handler.akri;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The agent's registration socket: which incarnation of the agent is behind it, and whether that one lives. */
final class AgentSocket implements AutoCloseable {

    private final Path path;
    private @Nullable SocketChannel held;
    private @Nullable Thread reader;

    AgentSocket(Path path) {
        this.path = path;
    }

    /**
     * One start of the agent. Each binds a file of its own; the number of a file may be used again, its times are not.
     *
     * @param attributes number and times of the socket's file
     */
    record Incarnation(Map<String, Object> attributes) {}

    /** Which incarnation has bound the socket's file; it may be dead already. Empty where there is no file. */
    Optional<Incarnation> incarnation() {
        return incarnation(path);
    }

    /** Which incarnation of somebody, not of the agent alone, has bound a socket's file. */
    static Optional<Incarnation> incarnation(Path path) {
        try {
            return Optional.of(
                    new Incarnation(Files.readAttributes(path, "unix:dev,ino,lastModifiedTime,creationTime")));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /** Whether a connection to the agent is open; tries to open one where none is. Never blocks for long. */
    boolean alive() {
        if (reader != null && reader.isAlive()) {
            return true;
        }
        close();
        try {
            var connection = SocketChannel.open(UnixDomainSocketAddress.of(path));
            held = connection;
            reader = Thread.ofVirtual().name("agent-connection").start(() -> readToEnd(connection));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** An idle connection tells at once when the agent dies. What the agent says on it is not looked at. */
    private static void readToEnd(SocketChannel connection) {
        try (connection) {
            var buffer = ByteBuffer.allocate(1024);
            while (connection.read(buffer) >= 0) {
                buffer.clear();
            }
        } catch (IOException _) {
            // A broken connection is an end, too.
        }
    }

    @Override
    public void close() {
        try (var _ = held) {
            held = null;
        } catch (IOException _) {
            // It is given up in any case.
        }
    }
}
