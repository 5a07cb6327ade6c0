package io.akrimqtt.serving;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Serves gRPC at one address, with the standard health and reflection services. Thread-safe. */
public final class GrpcListener implements AutoCloseable {

    /** The largest message that is taken, in bytes. */
    public static final int MAX_INBOUND = 4 * 1024 * 1024;

    private final Server server;
    private final ListenAddress address;
    private final ServedHealth health;
    private final EventLoopGroup group;
    private final ExecutorService executor;

    private GrpcListener(
            Server server, ListenAddress address, ServedHealth health, EventLoopGroup group, ExecutorService executor) {
        this.server = server;
        this.address = address;
        this.health = health;
        this.group = group;
        this.executor = executor;
    }

    /**
     * Listens at once. A Unix socket's file that nobody listens at is replaced.
     *
     * @return empty for {@code off}
     * @throws IOException where the address is in use or cannot be had; the message names it
     */
    public static @Nullable GrpcListener start(ListenAddress address, List<? extends BindableService> services)
            throws IOException {
        if (address instanceof ListenAddress.Off) {
            return null;
        }
        var group = EventLoops.one("grpc-server-");
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("grpc-call-", 0).factory());
        var health = ServedHealth.of(services);
        var builder = builder(address)
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .executor(executor)
                .maxInboundMessageSize(MAX_INBOUND)
                .addService(health.service())
                .addService(ProtoReflectionServiceV1.newInstance());
        services.forEach(builder::addService);
        try {
            var server = builder.build().start();
            var bound = address instanceof ListenAddress.Tcp(var host, var _)
                    ? new ListenAddress.Tcp(host, server.getPort())
                    : address;
            return new GrpcListener(server, bound, health, group, executor);
        } catch (IOException e) {
            EventLoops.free(group);
            executor.shutdownNow();
            throw new IOException("cannot serve gRPC at " + address + ": " + rootMessage(e), e);
        }
    }

    private static NettyServerBuilder builder(ListenAddress address) throws IOException {
        return switch (address) {
            case ListenAddress.Tcp(var host, var port) ->
                NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                        .channelType(NioServerSocketChannel.class);
            case ListenAddress.UnixSocket(var path) -> {
                removeStale(path);
                yield NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(path))
                        .channelType(NioServerDomainSocketChannel.class);
            }
            case ListenAddress.Off _ -> throw new IllegalArgumentException("address: off (expected: one to listen at)");
        };
    }

    /** Deletes a socket's file where nobody answers behind it. */
    static void removeStale(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try {
            SocketChannel.open(UnixDomainSocketAddress.of(path)).close();
        } catch (ConnectException _) {
            Files.deleteIfExists(path);
            return;
        }
        throw new IOException("cannot serve gRPC at unix:" + path + ": another process listens there");
    }

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /** Where it listens, with the port that the system chose. */
    public ListenAddress address() {
        return address;
    }

    /** What the health service answers, for the whole server and for each service by its name; at the start it is serving. */
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
        EventLoops.free(group);
        executor.shutdownNow();
    }
}
