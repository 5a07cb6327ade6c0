package io.akrimqtt.cli.agent;

import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelOutboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelPromise;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A connection for one Discover, made as Akri's agent makes it (get_client in registration_socket.rs): authority {@code
 * [::1]:50051} on a Unix socket, no compression, messages of 4 MiB at most. It remembers why it could not connect, since only that
 * costs a handler its registration. Thread-safe.
 */
final class DiscoverConnection {

    /** The largest list in bytes; a larger one ends its stream (tonic's default). */
    static final int MAX_MESSAGE = 4 * 1024 * 1024;

    /** The most that a status may take with its description (hyper's default). */
    private static final int MAX_METADATA = 16 * 1024;

    private static final String UNIX_AUTHORITY = "[::1]:50051";

    private final ManagedChannel channel;
    private volatile @Nullable Throwable connectFailure;

    /** @throws IllegalArgumentException where the address is none that could be connected to */
    DiscoverConnection(Endpoint endpoint, AgentTransport transport) {
        var builder = switch (endpoint.kind()) {
            case UDS ->
                NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(endpoint.address()))
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .channelFactory(() -> observed(new NioDomainSocketChannel()))
                        .overrideAuthority(UNIX_AUTHORITY);
            case NETWORK ->
                NettyChannelBuilder.forAddress(networkAddress(endpoint.address()))
                        .channelType(NioSocketChannel.class, InetSocketAddress.class)
                        .channelFactory(() -> observed(new NioSocketChannel()))
                        .overrideAuthority(URI.create(endpoint.address()).getAuthority());
        };
        this.channel = builder.negotiationType(NegotiationType.PLAINTEXT)
                .eventLoopGroup(transport.loop())
                .executor(transport.calls())
                .proxyDetector(_ -> null)
                .disableRetry()
                .decompressorRegistry(DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false))
                .maxInboundMessageSize(MAX_MESSAGE)
                .maxInboundMetadataSize(MAX_METADATA)
                .build();
    }

    private static SocketAddress networkAddress(String address) {
        var uri = URI.create(address);
        if (!"http".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("endpoint: '" + address + "' (expected: http://host:port)");
        }
        return new InetSocketAddress(uri.getHost(), uri.getPort() < 0 ? 80 : uri.getPort());
    }

    private <C extends Channel> C observed(C netty) {
        netty.pipeline().addFirst(new ChannelOutboundHandlerAdapter() {
            @Override
            public void connect(
                    ChannelHandlerContext context, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                var _ = promise.addListener(done -> {
                    if (!done.isSuccess()) {
                        connectFailure = done.cause();
                    }
                });
                var _ = context.connect(remote, local, promise);
            }
        });
        return netty;
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Why connecting came to nothing, if it did. */
    Optional<String> connectFailure() {
        return Optional.ofNullable(connectFailure).map(failure -> String.valueOf(failure.getMessage()));
    }

    /** Ends whatever runs over it. Idempotent; does not wait. */
    void close() {
        channel.shutdownNow();
    }
}
