package io.akrimqtt.serving;

import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves gRPC at one address, with TLS or without, with the standard health and reflection services, within limits for what one
 * client, and all of them, may ask for at once. Thread-safe.
 */
public final class GrpcListener implements AutoCloseable {

    /** The largest message that is taken, in bytes. */
    public static final int MAX_INBOUND = 4 * 1024 * 1024;

    /** The largest headers of a call, a token among them, in bytes. */
    static final int MAX_HEADERS = 16 * 1024;

    /** How many calls may be under way on one connection; more wait. */
    static final int MAX_CALLS_OF_ONE = 256;

    /** How many calls may be under way over all connections; more are refused. */
    static final int MAX_CALLS = 2_000;

    /** Clients that ask more often whether the connection lives are sent away. */
    private static final Duration LEAST_KEEP_ALIVE = Duration.ofSeconds(30);

    /** A TCP connection without a call is closed after this time; clients open another when they need one. */
    private static final Duration IDLE = Duration.ofMinutes(30);

    private static final Duration HANDSHAKE = Duration.ofSeconds(20);

    /** So many calls may one client take back within so many seconds. */
    private static final int RESETS = 1_000;

    private static final int RESETS_SECONDS = 30;

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
     * Listens at once, for everybody. A Unix socket's file that nobody listens at is replaced.
     *
     * @return empty for {@code off}
     * @throws IOException where the address is in use or cannot be had; the message names it
     */
    public static @Nullable GrpcListener start(ListenAddress address, List<? extends BindableService> services)
            throws IOException {
        return start(address, services, GrpcSecurity.NONE);
    }

    /**
     * Listens at once. A Unix socket's file that nobody listens at is replaced.
     *
     * @param security who may call, and how
     * @return empty for {@code off}
     * @throws IOException where the address is in use or cannot be had; the message names it
     */
    public static @Nullable GrpcListener start(
            ListenAddress address, List<? extends BindableService> services, GrpcSecurity security) throws IOException {
        if (address instanceof ListenAddress.Off) {
            return null;
        }
        if (address instanceof ListenAddress.UnixSocket(var path)) {
            removeStale(path);
        }
        var group = EventLoops.one("grpc-server-");
        var executor = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("grpc-call-", 0).factory());
        var health = ServedHealth.of(services);
        try {
            var builder = bounded(builder(address, security.tls()))
                    .bossEventLoopGroup(group)
                    .workerEventLoopGroup(group)
                    .executor(executor)
                    .addService(health.service())
                    .addService(guarded(ProtoReflectionServiceV1.newInstance(), security));
            services.forEach(service -> builder.addService(guarded(service, security)));
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

    private static NettyServerBuilder bounded(NettyServerBuilder builder) {
        return builder.maxInboundMessageSize(MAX_INBOUND)
                .maxInboundMetadataSize(MAX_HEADERS)
                .maxConcurrentCallsPerConnection(MAX_CALLS_OF_ONE)
                .intercept(new CallLimit(MAX_CALLS))
                .permitKeepAliveTime(LEAST_KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS)
                .handshakeTimeout(HANDSHAKE.toSeconds(), TimeUnit.SECONDS)
                .maxRstFramesPerWindow(RESETS, RESETS_SECONDS);
    }

    private static ServerServiceDefinition guarded(BindableService service, GrpcSecurity security) {
        var guard = security.guard();
        return guard == null ? service.bindService() : ServerInterceptors.intercept(service, guard);
    }

    private static NettyServerBuilder builder(ListenAddress address, @Nullable ServerTls tls) throws IOException {
        return switch (address) {
            case ListenAddress.Tcp(var host, var port) -> tcp(new InetSocketAddress(host, port), tls);
            case ListenAddress.UnixSocket(var path) ->
                NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(path))
                        .channelType(NioServerDomainSocketChannel.class);
            case ListenAddress.Off _ -> throw new IllegalArgumentException("address: off (expected: one to listen at)");
        };
    }

    private static NettyServerBuilder tcp(InetSocketAddress address, @Nullable ServerTls tls) throws IOException {
        var builder = NettyServerBuilder.forAddress(address)
                .channelType(NioServerSocketChannel.class)
                .maxConnectionIdle(IDLE.toSeconds(), TimeUnit.SECONDS);
        return tls == null ? builder : builder.sslContext(tls.context());
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
