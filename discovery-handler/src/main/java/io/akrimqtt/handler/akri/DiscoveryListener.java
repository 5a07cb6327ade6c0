package io.akrimqtt.handler.akri;

import io.akrimqtt.handler.akri.AgentSocket.Incarnation;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.StreamCounts;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves Discover to Akri's agent on a Unix socket. Thread-safe. */
public final class DiscoveryListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryListener.class);

    private final Path socket;
    private final Optional<Incarnation> file;
    private final DiscoveryService service;
    private final GrpcListener listener;

    private DiscoveryListener(Path socket, DiscoveryService service, GrpcListener listener) {
        this.socket = socket;
        this.file = AgentSocket.incarnation(socket);
        this.service = service;
        this.listener = listener;
    }

    /**
     * Listens at once, at the first socket of a name that no other process listens at.
     *
     * @param directory the one that is shared with the agent
     * @param name what Configurations call the handler
     * @throws IOException where no socket can be had; the message names it
     */
    public static DiscoveryListener start(Path directory, String name, Reporting reporting) throws IOException {
        for (var socket : HandlerSocket.all(directory, name)) {
            if (HandlerSocket.free(socket)) {
                try {
                    return start(socket, reporting);
                } catch (IOException e) {
                    if (HandlerSocket.free(socket)) {
                        throw e;
                    }
                }
            }
        }
        throw new IOException("cannot serve Discover in " + directory + ": other processes listen at all "
                + HandlerSocket.NAMES + " sockets " + name + "-0.sock and so on");
    }

    /**
     * Listens at once.
     *
     * @throws IOException where the socket cannot be had; the message names it
     */
    public static DiscoveryListener start(Path socket, Reporting reporting) throws IOException {
        return start(socket, reporting, DiscoveryService.MAX_STREAMS);
    }

    static DiscoveryListener start(Path socket, Reporting reporting, int maxStreams) throws IOException {
        var service = new DiscoveryService(reporting, maxStreams);
        BindableService intercepted = () -> ServerInterceptors.intercept(service, new HeadersFirst());
        var listener = GrpcListener.start(new ListenAddress.UnixSocket(socket), List.of(intercepted));
        return new DiscoveryListener(socket, service, Objects.requireNonNull(listener, "listener"));
    }

    /** What to register. */
    public Path socket() {
        return socket;
    }

    /** Whether the agent can find the socket: its file is there, and still ours. */
    public boolean reachable() {
        return file.isPresent() && AgentSocket.incarnation(socket).equals(file);
    }

    /** The streams now. */
    public StreamCounts streams() {
        return service.streams();
    }

    /** How many Discover calls were refused since the start. */
    public long refused() {
        return service.refused();
    }

    /**
     * Takes the socket's file away, so that nobody can connect any more, and leaves the streams alone: the end of the process
     * ends them. An agent that met an ended stream while the socket still accepts would delete every Instance (Akri contract,
     * trap 1). Calls on connections that are there already are refused, which touches no Instance. Idempotent.
     */
    public void stopListening() {
        service.refuseAll();
        try {
            if (reachable()) {
                Files.deleteIfExists(socket);
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("socket", socket)
                    .addKeyValue("reason", String.valueOf(e.getMessage()))
                    .log("the socket's file could not be removed");
        }
    }

    /** Ends the streams, too: for tests, where the process goes on. */
    @Override
    public void close() {
        stopListening();
        listener.close();
    }
}
