package io.akrimqtt.serving;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;

/** A gRPC channel and what it runs on. Thread-safe. */
public final class GrpcConnection implements AutoCloseable {

    private final ManagedChannel channel;
    private final EventLoopGroup group;

    GrpcConnection(ManagedChannel channel, EventLoopGroup group) {
        this.channel = channel;
        this.group = group;
    }

    /** For stubs. */
    public Channel channel() {
        return channel;
    }

    /** Ends all calls. Idempotent; does not wait. */
    @Override
    public void close() {
        channel.shutdownNow();
        EventLoops.free(group);
    }
}
