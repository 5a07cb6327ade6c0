package io.akrimqtt.cli.cluster.scenario;

import static io.akrimqtt.cli.cluster.scenario.Lab.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegistrationGrpc;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rows R1, R2, R12 and R26 of AC 0.1: who may call whom, who waits for whom, and what an agent hands to a handler. */
class ConnectionRowsTest {

    private static void register(Path socket, UnaryOperator<NettyChannelBuilder> further) throws Exception {
        var loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        var channel = further.apply(NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .eventLoopGroup(loop)
                        .usePlaintext())
                .build();
        try {
            var _ = RegistrationGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(20, TimeUnit.SECONDS)
                    .registerDiscoveryHandler(RegisterDiscoveryHandlerRequest.newBuilder()
                            .setName("mqtt")
                            .setEndpoint("/nowhere.sock")
                            .build());
        } finally {
            channel.shutdownNow();
            var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    @Test
    void R1_a_registration_needs_a_host_for_its_authority() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var socket = lab.cluster.sockets("node-a").resolve("agent-registration.sock");

            assertThatThrownBy(() -> register(socket, builder -> builder))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, e -> {
                        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
                        assertThat(e.getStatus().getDescription()).contains("PROTOCOL_ERROR");
                    });
            assertThat(lab.told(AgentEvent.HandlerRegistered.class)).isEmpty();

            register(socket, builder -> builder.overrideAuthority("localhost"));
            assertThat(lab.told(AgentEvent.HandlerRegistered.class)).hasSize(1);
        }
    }

    @Test
    void R2_a_discover_comes_with_the_authority_of_akris_agent() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();

            eventually(() -> assertThat(lab.running()).hasSize(1));
            assertThat(handler.authorities()).containsExactly("[::1]:50051");
        }
    }

    @Test
    void R12_a_handler_without_headers_keeps_registrations_and_new_configurations_of_others_waiting() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var slow = lab.handlerAt("node-a", "slow");
            var other = lab.unregistered("node-a", "other", "door");
            other.register("other");
            // A request that lives asks whoever registers, which tells that a registration has come.
            lab.cluster.applyConfiguration(Lab.configuration("living"));
            eventually(
                    () -> assertThat(lab.told(AgentEvent.DiscoverStarted.class)).hasSize(1));
            slow.withhold();
            lab.configuration();
            eventually(() -> assertThat(slow.requests()).hasSize(2));

            var late = lab.unregistered("node-a", "late", "lamp");
            var registering = CompletableFuture.runAsync(late::register);
            eventually(() -> assertThat(late.requests()).hasSize(1));
            lab.cluster.awaitQuiet(Duration.ofMillis(500), Duration.ofSeconds(60));
            assertThat(registering).isNotDone();
            var second = Lab.configuration("d");
            second.withObjectProperty("spec")
                    .withObjectProperty("discoveryHandler")
                    .put("name", "other");
            lab.cluster.applyConfiguration(second);
            lab.cluster.awaitQuiet(Duration.ofMillis(500), Duration.ofSeconds(60));
            assertThat(other.requests()).isEmpty();

            slow.list("window");

            eventually(() -> assertThat(registering).isCompleted());
            eventually(() -> assertThat(
                            lab.cluster.store().list(Resource.INSTANCE, "").items())
                    .extracting(
                            instance -> instance.at("/spec/configurationName").asText()
                                    + " "
                                    + instance.at("/spec/brokerProperties/MQTT_DEVICE_ID")
                                            .asText())
                    .contains("c window", "d door"));
        }
    }

    @Test
    void R26_a_configuration_of_another_namespace_gets_our_secret_sent_to_servers_of_its_own() throws Exception {
        try (var lab = Lab.start(
                1,
                true,
                Lab.SCALE,
                options -> options.withData(reference ->
                        reference.namespace().equals("ours") && reference.name().equals("credentials")
                                ? Optional.of("hidden".getBytes(StandardCharsets.UTF_8))
                                : Optional.empty()))) {
            var handler = lab.handler("node-a", "lamp");
            var foreign = Lab.configuration("c");
            foreign.withObjectProperty("metadata").put("namespace", "theirs");
            var asked = foreign.withObjectProperty("spec").withObjectProperty("discoveryHandler");
            asked.put("discoveryDetails", "serverUrls: [tcp://theirs.example]");
            asked.putArray("discoveryProperties")
                    .addObject()
                    .put("name", "mqtt_password")
                    .putObject("valueFrom")
                    .putObject("secretKeyRef")
                    .put("namespace", "ours")
                    .put("name", "credentials")
                    .put("key", "password");
            lab.cluster.applyConfiguration(foreign);

            eventually(() -> assertThat(handler.requests()).hasSize(1));
            var request = handler.requests().getFirst();
            assertThat(request.getDiscoveryDetails()).contains("tcp://theirs.example");
            assertThat(request.getDiscoveryPropertiesOrThrow("mqtt_password")
                            .getVec()
                            .toStringUtf8())
                    .isEqualTo("hidden");
        }
    }
}
