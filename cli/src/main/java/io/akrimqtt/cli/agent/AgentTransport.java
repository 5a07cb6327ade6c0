package io.akrimqtt.cli.agent;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The threads under an agent's calls: one event loop for all connections, and a virtual thread wherever something may wait.
 * Thread-safe.
 */
record AgentTransport(EventLoopGroup loop, ExecutorService calls) implements AutoCloseable {

    static AgentTransport open() {
        return new AgentTransport(
                new MultiThreadIoEventLoopGroup(
                        1, Thread.ofPlatform().daemon().name("agent-net-", 0).factory(), NioIoHandler.newFactory()),
                Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("agent-call-", 0).factory()));
    }

    @Override
    public void close() {
        calls.shutdownNow();
        try {
            var _ = calls.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
