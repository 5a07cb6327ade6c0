package io.akrimqtt.serving;

import io.grpc.netty.shaded.io.grpc.netty.NegotiationType;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
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

    /**
     * Opens a channel with TLS over TCP, with an event loop of its own, freed with {@link GrpcConnection#close}.
     *
     * @throws IOException where certificates or keys cannot be used, or the address is not of TCP; the message holds no key
     */
    public static GrpcConnection open(ListenAddress address, ClientTls tls) throws IOException {
        if (!(address instanceof ListenAddress.Tcp(var host, var port))) {
            throw new IOException("no TLS at " + address + " (expected: host:port)");
        }
        var credentials = tls.credentials();
        var group = EventLoops.one("grpc-client-");
        try {
            var builder = NettyChannelBuilder.forAddress(new InetSocketAddress(host, port), credentials)
                    .eventLoopGroup(group)
                    .channelType(NioSocketChannel.class, InetSocketAddress.class)
                    .overrideAuthority(authority(tls.serverName().isEmpty() ? host : tls.serverName(), port));
            return new GrpcConnection(builder.build(), group);
        } catch (IllegalArgumentException e) {
            EventLoops.free(group);
            throw new IOException("cannot use the certificates or the key (expected: PEM, and a key in PKCS#8)", e);
        }
    }

    private static String authority(String host, int port) {
        return new ListenAddress.Tcp(host, port).toString();
    }

    /** Opens a channel with an event loop of its own, freed with {@link GrpcConnection#close}. */
    public static GrpcConnection open(ListenAddress address) {
        var group = EventLoops.one("grpc-client-");
        return new GrpcConnection(builder(address, group).build(), group);
    }
}
