package io.akrimqtt.handler.akri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentRegistrationTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path ENDPOINT = Path.of("/var/lib/akri/mqtt-01234567.sock");
    private static final RegistrationTimes QUICK = new RegistrationTimes(
            Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(100), Duration.ofMillis(400));

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path directory;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private AgentRegistration registration;

    private Path socket() {
        return directory.resolve(AgentRegistration.AGENT_SOCKET);
    }

    @BeforeEach
    void keep() {
        registration = AgentRegistration.of(socket(), "mqtt", ENDPOINT, QUICK);
        registration.start();
    }

    @AfterEach
    void close() {
        registration.close();
    }

    private void awaitRegistrations(FakeAgent agent) {
        await().atMost(SOON)
                .until(() -> registration.registered() && !agent.registrations().isEmpty());
    }

    private static void staysOne(FakeAgent agent) {
        await().during(Duration.ofMillis(500))
                .atMost(SOON)
                .until(() -> agent.registrations().size() == 1);
    }

    @Test
    void says_who_the_handler_is_once() throws IOException {
        try (var agent = FakeAgent.start(socket())) {
            awaitRegistrations(agent);

            assertThat(agent.registrations())
                    .containsExactly(RegisterDiscoveryHandlerRequest.newBuilder()
                            .setName("mqtt")
                            .setEndpoint(ENDPOINT.toString())
                            .setEndpointType(EndpointType.UDS)
                            .setShared(true)
                            .build());
            staysOne(agent);
        }
    }

    @Test
    void comes_again_once_for_each_start_of_the_agent() throws IOException {
        try (var agent = FakeAgent.start(socket())) {
            awaitRegistrations(agent);
        }
        await().atMost(SOON).until(() -> !registration.registered());

        for (int start = 0; start < 3; start++) {
            try (var agent = FakeAgent.start(socket())) {
                awaitRegistrations(agent);
                staysOne(agent);
            }
        }
        await().atMost(SOON).until(() -> registration.registrations() == 4);
    }

    @Test
    void finds_an_agent_that_took_the_place_of_a_living_one() throws IOException {
        try (var agent = FakeAgent.start(socket())) {
            awaitRegistrations(agent);
            Files.delete(socket());
            try (var successor = FakeAgent.start(socket())) {
                awaitRegistrations(successor);
                staysOne(successor);
            }
        }
    }

    @Test
    void is_tried_until_the_agent_takes_it() throws IOException {
        try (var agent = FakeAgent.refusing(socket(), 3)) {
            awaitRegistrations(agent);
            staysOne(agent);
        }
    }

    @Test
    void waits_at_the_socket_that_a_dead_agent_has_left() throws IOException {
        try (var dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            dead.bind(UnixDomainSocketAddress.of(socket()));
        }
        await().during(Duration.ofMillis(200)).atMost(SOON).until(() -> !registration.registered());

        try (var agent = FakeAgent.start(socket())) {
            awaitRegistrations(agent);
            staysOne(agent);
        }
    }

    @Test
    void does_not_hang_with_an_agent_that_hangs() throws IOException {
        try (var hung = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            hung.bind(UnixDomainSocketAddress.of(socket()));
            await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> !registration.registered());
        }
        Files.delete(socket());

        try (var agent = FakeAgent.start(socket())) {
            awaitRegistrations(agent);
            staysOne(agent);
        }
    }

    @Test
    void an_answer_that_comes_late_is_waited_for_since_a_second_call_would_make_second_streams() throws IOException {
        var answers = new CountDownLatch(1);
        try (var agent = FakeAgent.slow(socket(), answers)) {
            await().atMost(SOON).until(() -> agent.registrations().size() == 1);
            await().during(QUICK.answer().multipliedBy(5))
                    .atMost(SOON)
                    .until(() -> agent.registrations().size() == 1 && !registration.registered());

            answers.countDown();

            awaitRegistrations(agent);
            staysOne(agent);
        }
    }

    @Test
    void knows_since_when_the_agent_knows_it() throws IOException {
        assertThat(registration.registeredAt()).isEmpty();
        try (var agent = FakeAgent.start(socket())) {
            awaitRegistrations(agent);
            assertThat(registration.registeredAt())
                    .hasValueSatisfying(at -> assertThat(at)
                            .isBetween(
                                    Instant.now().minusSeconds(300),
                                    Instant.now().plusSeconds(1)));
        }
        await().atMost(SOON).until(() -> registration.registeredAt().isEmpty());
    }

    /** The best of several starts counts, since a machine that is busy with other tests proves nothing. */
    @Test
    void registers_within_a_third_of_a_second_of_the_agents_start() throws IOException {
        registration.close();
        registration = AgentRegistration.of(socket(), "mqtt", ENDPOINT, RegistrationTimes.DEFAULT);
        registration.start();
        long best = Long.MAX_VALUE;
        for (int start = 0; start < 20 && best > Duration.ofMillis(300).toNanos(); start++) {
            long from = System.nanoTime();
            try (var agent = FakeAgent.start(socket())) {
                awaitRegistrations(agent);
                best = Math.min(best, agent.arrivals().getFirst() - from);
            }
            await().atMost(SOON).until(() -> !registration.registered());
        }

        assertThat(Duration.ofNanos(best)).isLessThanOrEqualTo(Duration.ofMillis(300));
    }
}
