package io.akrimqtt.serving;

import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;

/** Opens gRPC channels over TCP and over Unix sockets, without native libraries. Thread-safe. */
public final class GrpcChannels {

    private GrpcChannels() {}

    private static NettyChannelBuilder builder(ListenAddress address, EventLoopGroup group) {
        return switch (address) {
            case ListenAddress.UnixSocket(var path) -> unix(path, group);
            case ListenAddress.Tcp(var host, var port) ->
                configured(NettyChannelBuilder.forAddress(new InetSocketAddress(host, port)), group)
                        .channelType(NioSocketChannel.class, InetSocketAddress.class);
            case ListenAddress.Off _ ->
                throw new IllegalArgumentException("address: off (expected: one that can be called)");
        };
    }

    private static NettyChannelBuilder unix(Path path, EventLoopGroup group) {
        SocketAddress address = UnixDomainSocketAddress.of(path);
        return configured(NettyChannelBuilder.forAddress(address), group)
                .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                // The path would become the authority, which HTTP/2 servers refuse (grpc-java issue 12664).
                .overrideAuthority("localhost");
    }

    private static NettyChannelBuilder configured(NettyChannelBuilder builder, EventLoopGroup group) {
        return builder.negotiationType(NegotiationType.PLAINTEXT).eventLoopGroup(group);
    }

    /** Opens a channel with an event loop of its own, freed with {@link GrpcConnection#close}. */
    public static GrpcConnection open(ListenAddress address) {
        var group = EventLoops.one("grpc-client-");
        return new GrpcConnection(builder(address, group).build(), group);
    }
}
