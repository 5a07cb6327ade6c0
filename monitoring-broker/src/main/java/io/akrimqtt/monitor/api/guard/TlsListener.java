package io.akrimqtt.monitor.api.guard;

import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.ServedHealth;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves gRPC with TLS at one TCP port, with the standard health and reflection services. Thread-safe. */
public final class TlsListener implements AutoCloseable {

    private final Server server;
    private final ServedHealth health;
    private final ExecutorService executor;

    private TlsListener(Server server, ServedHealth health, ExecutorService executor) {
        this.server = server;
        this.health = health;
        this.executor = executor;
    }

    /**
     * Listens at once.
     *
     * @throws IOException where the address is in use, or certificates or keys cannot be read; the message holds no key
     */
    public static TlsListener start(ListenAddress.Tcp address, AccessSettings settings, BindableService service)
            throws IOException {
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("grpc-call-", 0).factory());
        var health = ServedHealth.of(List.of(service));
        try {
            var server = NettyServerBuilder.forAddress(
                            new InetSocketAddress(address.host(), address.port()), credentials(settings))
                    .executor(executor)
                    .maxInboundMessageSize(GrpcListener.MAX_INBOUND)
                    .addService(health.service())
                    .addService(ProtoReflectionServiceV1.newInstance())
                    .addService(service)
                    .build()
                    .start();
            return new TlsListener(server, health, executor);
        } catch (IOException | IllegalArgumentException e) {
            executor.shutdownNow();
            throw new IOException("cannot serve gRPC with TLS at " + address + ": " + e.getMessage(), e);
        }
    }

    private static ServerCredentials credentials(AccessSettings settings) throws IOException {
        var tls = TlsServerCredentials.newBuilder().keyManager(stream(settings.certificate()), stream(settings.key()));
        if (settings.clientAuthorities() != null) {
            tls.trustManager(stream(settings.clientAuthorities()))
                    .clientAuth(
                            settings.tokens() == null
                                    ? TlsServerCredentials.ClientAuth.REQUIRE
                                    : TlsServerCredentials.ClientAuth.OPTIONAL);
        }
        return tls.build();
    }

    private static InputStream stream(@Nullable String pem) {
        return new ByteArrayInputStream((pem == null ? "" : pem).getBytes(StandardCharsets.UTF_8));
    }

    /** The port that it listens at. */
    public int port() {
        return server.getPort();
    }

    /** What the health service answers, for the whole server and for each service by its name. */
    public void serving(boolean ready) {
        health.serving(ready);
    }

    /** Ends all calls and stops listening. Waits 1 s at most. Idempotent. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        executor.shutdownNow();
    }
}
