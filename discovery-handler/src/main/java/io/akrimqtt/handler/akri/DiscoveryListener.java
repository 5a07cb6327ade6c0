package io.akrimqtt.handler.akri;

import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.BindableService;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves Discover to Akri's agent on a Unix socket. Thread-safe. */
public final class DiscoveryListener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryListener.class);

    private final Path socket;
    private final DiscoveryService service;
    private final GrpcListener listener;

    private DiscoveryListener(Path socket, DiscoveryService service, GrpcListener listener) {
        this.socket = socket;
        this.service = service;
        this.listener = listener;
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

    /** Whether the agent can find the socket. */
    public boolean reachable() {
        return Files.exists(socket);
    }

    /** How many Discover calls were refused since the start. */
    public long refused() {
        return service.refused();
    }

    /**
     * Takes the socket's file away, so that nobody can connect any more, and leaves the streams alone: the end of the process
     * ends them. An agent that met an ended stream while the socket still accepts would delete every Instance (Akri contract,
     * trap 1). Idempotent.
     */
    public void stopListening() {
        try {
            Files.deleteIfExists(socket);
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
