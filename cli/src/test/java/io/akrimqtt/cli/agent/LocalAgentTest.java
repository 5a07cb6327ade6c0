package io.akrimqtt.cli.agent;

import static io.akrimqtt.cli.agent.RunningAgent.eventually;
import static io.akrimqtt.cli.agent.TestHandler.list;
import static io.akrimqtt.cli.agent.TestHandler.listing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent over real sockets. */
class LocalAgentTest {

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
    void calls_discover_as_akris_agent_does() throws IOException {
        var handler = agent.registered("h", listing("a"));
        agent.agent.apply(new AgentConfiguration(
                "c",
                "h",
                "serverUrls: []",
                () -> Map.of("password", PropertyBytes.of("hidden"), "nothing", PropertyBytes.absent()),
                1,
                Map.of()));

        eventually(() -> assertThat(agent.devices()).containsExactly("a"));
        var request = handler.requests.getFirst();
        assertThat(request.getDiscoveryDetails()).isEqualTo("serverUrls: []");
        assertThat(request.getDiscoveryPropertiesOrThrow("password").getVec().toStringUtf8())
                .isEqualTo("hidden");
        assertThat(request.getDiscoveryPropertiesOrThrow("nothing").hasVec()).isFalse();
        assertThat(handler.authorities).containsExactly("[::1]:50051");
        assertThat(header(handler, "grpc-encoding")).isNull();
        assertThat(header(handler, "grpc-accept-encoding")).isNull();
    }

    private static @Nullable String header(TestHandler handler, String name) {
        return handler.headers.getFirst().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    @Test
    void follows_the_lists_of_a_stream() throws IOException {
        var handler = agent.registered("h", listing("a", "b"));
        agent.apply("c", "h");
        eventually(() -> assertThat(agent.devices()).containsExactly("a", "b"));

        handler.streams.getFirst().onNext(list("b"));

        eventually(() -> assertThat(agent.devices()).containsExactly("b"));
        // It is told after the device is no longer seen.
        eventually(() -> assertThat(agent.told(AgentEvent.InstanceDeleted.class))
                .extracting(AgentEvent.InstanceDeleted::reason)
                .containsExactly(Deletion.NOT_LISTED));
    }

    @Test
    void says_what_the_handler_said_about_bad_details() throws IOException {
        agent.registered(
                "h",
                (_, answer) -> answer.onError(Status.INVALID_ARGUMENT
                        .withDescription("discoveryDetails:2:1: topics: missing")
                        .asRuntimeException()));
        agent.apply("c", "h");

        eventually(() -> assertThat(agent.told(AgentEvent.DiscoverFailed.class))
                .extracting(AgentEvent.DiscoverFailed::cause, AgentEvent.DiscoverFailed::description)
                .containsExactly(tuple(Cause.INVALID_DETAILS, "discoveryDetails:2:1: topics: missing")));
        eventually(() -> assertThat(agent.told(AgentEvent.BackOff.class)).hasSize(1));
    }

    @Test
    void does_not_call_a_handler_while_a_property_cannot_be_resolved() throws IOException {
        var handler = agent.registered("h", listing("a"));
        agent.agent.apply(new AgentConfiguration(
                "c",
                "h",
                "details",
                () -> {
                    throw new UnresolvedPropertyException("Secret default/mqtt has no key 'password'");
                },
                1,
                Map.of()));

        eventually(() -> assertThat(agent.told(AgentEvent.DiscoverFailed.class))
                .extracting(AgentEvent.DiscoverFailed::description)
                .containsExactly("Secret default/mqtt has no key 'password'"));
        assertThat(handler.requests).isEmpty();
        assertThat(agent.told(AgentEvent.HandlerLost.class)).isEmpty();
    }

    @Test
    void keeps_a_handler_that_answers_with_any_other_status() throws IOException {
        var handler = agent.registered(
                "h",
                (_, answer) -> answer.onError(
                        Status.UNAVAILABLE.withDescription("busy").asRuntimeException()));
        agent.apply("c", "h");
        eventually(() -> assertThat(agent.told(AgentEvent.BackOff.class)).hasSize(1));

        handler.behaviour = listing("a");
        agent.agent.touch(ConfigurationKey.of("c"));

        eventually(() -> assertThat(agent.devices()).containsExactly("a"));
    }

    @Test
    void keeps_instances_of_a_handler_that_crashed_and_makes_them_anew_when_it_is_back() throws IOException {
        var handler = agent.registered("h", listing("a"));
        agent.apply("c", "h");
        eventually(() -> assertThat(agent.devices()).containsExactly("a"));

        handler.close();
        // A dying socket may take one more connection, which is no reason to give a handler up.
        eventually(() -> {
            agent.agent.touch(ConfigurationKey.of("c"));
            assertThat(agent.told(AgentEvent.HandlerLost.class)).hasSize(1);
        });
        assertThat(agent.devices()).containsExactly("a");

        agent.registered("h", listing("a"));
        assertThat(agent.told(AgentEvent.InstanceDeleted.class)).isEmpty();
        agent.agent.touch(ConfigurationKey.of("c"));

        eventually(
                () -> assertThat(agent.told(AgentEvent.InstanceCreated.class)).hasSize(2));
        assertThat(agent.told(AgentEvent.InstanceDeleted.class))
                .extracting(AgentEvent.InstanceDeleted::reason)
                .containsExactly(Deletion.FRESH_REQUEST);
    }

    @Test
    void retries_by_itself() throws IOException {
        try (var quick = RunningAgent.retryingAfter(Duration.ofMillis(20))) {
            quick.apply("c", "h");
            eventually(() -> assertThat(quick.told(AgentEvent.BackOff.class))
                    .extracting(AgentEvent.BackOff::delay)
                    .startsWith(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(80)));

            quick.registered("h", listing("a"));

            eventually(() -> assertThat(quick.devices()).containsExactly("a"));
        }
    }

    @Test
    void takes_a_list_of_four_mebibytes_and_drops_the_stream_of_a_larger_one() throws IOException {
        var handler = agent.registered("h", listing("a"));
        agent.apply("c", "h");
        eventually(() -> assertThat(agent.devices()).containsExactly("a"));

        handler.streams.getFirst().onNext(ofSize(4_194_304));
        eventually(() -> assertThat(agent.devices()).containsExactly("big"));
        handler.behaviour = (_, _) -> {};
        handler.streams.getFirst().onNext(ofSize(4_194_305));

        eventually(() -> assertThat(agent.told(AgentEvent.StreamEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.reason()).startsWith("OUT_OF_RANGE")));
        eventually(() -> assertThat(handler.requests).hasSize(2));
    }

    private static DiscoverResponse ofSize(int bytes) {
        for (int length = bytes - 60; ; length++) {
            var response = DiscoverResponse.newBuilder()
                    .addDevices(Device.newBuilder().setId("big").putProperties("K", "x".repeat(length)))
                    .build();
            if (response.getSerializedSize() == bytes) {
                return response;
            }
        }
    }

    @Test
    void calls_a_handler_on_the_network() throws IOException {
        try (var handler = TestHandler.onNetwork(listing("a"))) {
            TestHandler.register(agent.settings.socket(), "n", "http://" + handler.address(), EndpointType.NETWORK);
            agent.apply("c", "n");

            eventually(() -> assertThat(agent.devices()).containsExactly("a"));
            assertThat(handler.authorities).containsExactly(handler.address().toString());
        }
    }

    @Test
    void drops_a_network_handler_whose_address_has_no_scheme() {
        TestHandler.register(agent.settings.socket(), "n", "127.0.0.1:1", EndpointType.NETWORK);
        agent.apply("c", "n");

        eventually(() -> assertThat(agent.told(AgentEvent.HandlerLost.class)).hasSize(1));
    }

    @Test
    void comes_back_from_a_crash_with_a_new_socket_and_without_registrations() throws IOException {
        var handler = agent.registered("h", listing("a"));
        agent.apply("c", "h");
        eventually(() -> assertThat(agent.devices()).containsExactly("a"));
        var before = Files.readAttributes(agent.settings.socket(), BasicFileAttributes.class);

        agent.agent.restart();

        var after = Files.readAttributes(agent.settings.socket(), BasicFileAttributes.class);
        assertThat(after.lastModifiedTime()).isGreaterThan(before.lastModifiedTime());
        assertThat(agent.told(AgentEvent.NoHandler.class)).hasSize(1);
        assertThat(agent.devices()).containsExactly("a");

        agent.register("h");
        agent.agent.touch(ConfigurationKey.of("c"));
        eventually(() -> assertThat(handler.requests).hasSize(2));
    }

    @Test
    void removes_what_lies_at_its_sockets_place() throws IOException {
        var directory = Files.createTempDirectory("agent");
        var settings = new LocalAgentSettings(directory, "n");
        Files.write(settings.socket(), "stale".getBytes(StandardCharsets.UTF_8));

        try (var other = LocalAgent.start(
                settings, _ -> AgentApi.Change.SAME, PluginListener.NONE, (_, _) -> {}, InstantSource.system())) {
            TestHandler.register(settings.socket(), "h", "/nowhere", EndpointType.UDS);
            assertThat(other.instances()).isEmpty();
        }

        assertThat(settings.socket()).doesNotExist();
        Files.delete(directory);
    }

    @Test
    void refuses_an_endpoint_type_that_it_does_not_know() {
        assertThatThrownBy(() -> TestHandler.registerRaw(agent.settings.socket(), 7))
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessageContaining("endpoint_type: 7");
    }
}
