package io.akrimqtt.serving;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;

/** The threads that gRPC's transport runs on: one daemon per listener or channel, on the JDK's own sockets. */
final class EventLoops {

    private EventLoops() {}

    static EventLoopGroup one(String name) {
        return new MultiThreadIoEventLoopGroup(
                1, Thread.ofPlatform().daemon().name(name, 0).factory(), NioIoHandler.newFactory());
    }

    static void free(EventLoopGroup group) {
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
