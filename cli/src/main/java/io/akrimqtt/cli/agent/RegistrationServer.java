package io.akrimqtt.cli.agent;

import io.akrimqtt.proto.akri.v0.Empty;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegistrationGrpc;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Serves {@code v0.Registration} at the agent's socket, and nothing else, as Akri's agent does. Thread-safe. */
final class RegistrationServer implements AutoCloseable {

    /** Is told of registrations, on threads that may wait. */
    @FunctionalInterface
    interface Registrations {
        void register(RegisterDiscoveryHandlerRequest request, StreamObserver<Empty> answer);
    }

    private final Server server;
    private final Path socket;

    private RegistrationServer(Server server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    /** Removes what is at the path, listens, and so makes a new inode. */
    static RegistrationServer start(Path socket, AgentTransport transport, Registrations registrations)
            throws IOException {
        Files.deleteIfExists(socket);
        var server = NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .channelType(NioServerDomainSocketChannel.class)
                .bossEventLoopGroup(transport.loop())
                .workerEventLoopGroup(transport.loop())
                .executor(transport.calls())
                .intercept(new CallAuthority())
                .addService(new Service(registrations))
                .build();
        try {
            return new RegistrationServer(server.start(), socket);
        } catch (IOException e) {
            throw new IOException("cannot listen at " + socket + ": " + e.getMessage(), e);
        }
    }

    /** Cuts all connections and removes the socket. Waits 1 s at most. */
    @Override
    public void close() throws IOException {
        server.shutdownNow();
        try {
            server.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(socket);
    }

    private static final class Service extends RegistrationGrpc.RegistrationImplBase {

        private final Registrations registrations;

        Service(Registrations registrations) {
            this.registrations = registrations;
        }

        @Override
        public void registerDiscoveryHandler(RegisterDiscoveryHandlerRequest request, StreamObserver<Empty> answer) {
            switch (request.getEndpointType()) {
                case UDS, NETWORK -> registrations.register(request, answer);
                // Akri's agent panics here, and the call dies.
                case UNRECOGNIZED ->
                    answer.onError(Status.UNKNOWN
                            .withDescription("endpoint_type: " + request.getEndpointTypeValue())
                            .asRuntimeException());
            }
        }
    }
}
