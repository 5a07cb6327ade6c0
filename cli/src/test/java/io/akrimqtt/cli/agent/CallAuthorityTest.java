package io.akrimqtt.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegistrationGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trap 3: grpc-java names a socket by its path, and Akri's agent does not take that. */
class CallAuthorityTest {

    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        agent = RunningAgent.patient();
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
    }

    @Test
    void the_default_authority_of_a_grpc_java_client_is_refused() {
        assertThatThrownBy(() -> register(builder -> builder))
                .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                    assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
                    assertThat(e.getStatus().getDescription()).contains("PROTOCOL_ERROR");
                });
        assertThat(agent.told(AgentEvent.HandlerRegistered.class)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost:80", "[::1]:50051", "127.0.0.1:1"})
    void a_host_with_or_without_a_port_is_taken(String authority) {
        register(builder -> builder.overrideAuthority(authority));

        assertThat(agent.told(AgentEvent.HandlerRegistered.class))
                .containsExactly(new AgentEvent.HandlerRegistered("h", "/h.sock"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/var/lib/akri/agent-registration.sock", "%2Fvar%2Flib", "a/b", "host:port", "a b", "[::1"})
    void anything_else_is_not(String authority) {
        assertThat(CallAuthority.acceptable(authority)).isFalse();
    }

    private void register(UnaryOperator<NettyChannelBuilder> authority) {
        var channel = authority
                .apply(NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(agent.settings.socket()))
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .eventLoopGroup(AgentTransport.open().loop())
                        .usePlaintext())
                .build();
        try {
            var _ = RegistrationGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(10, TimeUnit.SECONDS)
                    .registerDiscoveryHandler(RegisterDiscoveryHandlerRequest.newBuilder()
                            .setName("h")
                            .setEndpoint("/h.sock")
                            .build());
        } finally {
            channel.shutdownNow();
        }
    }
}
