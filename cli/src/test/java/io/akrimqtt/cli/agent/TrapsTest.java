package io.akrimqtt.cli.agent;

import static io.akrimqtt.cli.agent.RunningAgent.eventually;
import static io.akrimqtt.cli.agent.TestHandler.list;
import static io.akrimqtt.cli.agent.TestHandler.listing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.cli.agent.AgentEvent.Deletion;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What Akri's agent punishes, this one punishes: for each trap a handler that falls into it is caught, and one that does not is left
 * in peace.
 */
class TrapsTest {

    private RunningAgent agent;

    @BeforeEach
    void start() throws IOException {
        agent = RunningAgent.patient();
    }

    @AfterEach
    void stop() throws IOException {
        agent.close();
    }

    /** Two devices are there; then the handler's MQTT server goes away, and the handler does something about it. */
    private TestHandler mqttGoesAway(Consumer<TestHandler> reaction) throws IOException {
        var handler = agent.registered("mqtt", listing("lamp", "door"));
        agent.apply("c", "mqtt");
        eventually(() -> assertThat(agent.devices()).containsExactly("door", "lamp"));
        reaction.accept(handler);
        return handler;
    }

    /** Proves that nothing was deleted before a later list had its effect. */
    private void assertUntouchedUntil(TestHandler handler) {
        handler.streams.getFirst().onNext(list("lamp", "door", "marker"));
        eventually(() -> assertThat(agent.devices()).contains("marker"));
        assertThat(agent.told(AgentEvent.InstanceDeleted.class)).isEmpty();
    }

    @Nested
    class Trap_1_a_stream_is_for_life {

        @Test
        void a_handler_that_completes_its_stream_loses_all_instances() throws IOException {
            mqttGoesAway(handler -> handler.streams.getFirst().onCompleted());

            assertEverythingWasDeleted();
        }

        @Test
        void a_handler_that_fails_its_stream_loses_all_instances() throws IOException {
            mqttGoesAway(handler -> handler.streams
                    .getFirst()
                    .onError(Status.UNAVAILABLE.withDescription("MQTT is away").asRuntimeException()));

            assertEverythingWasDeleted();
        }

        @Test
        void a_handler_that_completes_every_stream_is_asked_over_and_over() throws IOException {
            var handler = agent.registered("mqtt", (_, answer) -> answer.onCompleted());
            agent.apply("c", "mqtt");

            eventually(() -> assertThat(handler.requests).hasSizeGreaterThan(20));
            assertThat(agent.told(AgentEvent.BackOff.class)).isEmpty();
            agent.agent.delete(ConfigurationKey.of("c"));
        }

        @Test
        void a_handler_that_keeps_its_stream_keeps_its_instances() throws IOException {
            assertUntouchedUntil(mqttGoesAway(_ -> {}));
        }

        private void assertEverythingWasDeleted() {
            eventually(() -> assertThat(agent.told(AgentEvent.InstanceDeleted.class))
                    .hasSize(2)
                    .allSatisfy(deleted -> assertThat(deleted.reason()).isEqualTo(Deletion.FRESH_REQUEST)));
        }
    }

    @Nested
    class Trap_2_headers_come_at_once {

        @Test
        void a_handler_that_withholds_them_hangs_every_registration_and_every_new_configuration() throws IOException {
            var silent = agent.registered("silent", (_, _) -> {});
            agent.registered("mqtt", listing("lamp"));
            agent.registered("living", listing());
            agent.apply("l", "living");
            eventually(() ->
                    assertThat(agent.told(AgentEvent.DiscoverStarted.class)).hasSize(1));
            agent.apply("s", "silent");
            eventually(() -> assertThat(silent.requests).hasSize(1));

            // A request that lives asks whoever registers for it, which tells that the registration has come.
            var late = agent.handler("late", listing());
            var registering = CompletableFuture.runAsync(() -> agent.register("living", "late"));
            eventually(() -> assertThat(late.requests).hasSize(1));
            assertThatThrownBy(() -> TestHandler.register(
                            agent.settings.socket(), "new", "/new.sock", EndpointType.UDS, Duration.ofSeconds(1)))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("DEADLINE_EXCEEDED");
            assertThat(registering).isNotDone();
            agent.apply("c", "mqtt");
            agent.apply("nobody", "unknown");
            assertThat(agent.told(AgentEvent.NoHandler.class)).isEmpty();
            assertThat(agent.devices()).isEmpty();

            silent.streams.getFirst().onNext(list());

            eventually(() -> assertThat(agent.devices()).containsExactly("lamp"));
            eventually(() -> assertThat(agent.told(AgentEvent.NoHandler.class)).hasSize(1));
            eventually(() -> assertThat(registering).isCompleted());
        }

        @Test
        void a_handler_that_answers_at_once_holds_nobody_up() throws IOException {
            agent.registered("quick", listing());
            agent.apply("s", "quick");

            agent.registered("mqtt", listing("lamp"));
            agent.apply("c", "mqtt");

            eventually(() -> assertThat(agent.devices()).containsExactly("lamp"));
        }
    }

    @Nested
    class Trap_5_there_is_no_grace {

        @Test
        void a_handler_that_shortens_its_list_while_mqtt_is_away_loses_living_devices() throws IOException {
            mqttGoesAway(handler -> handler.streams.getFirst().onNext(list("lamp")));

            eventually(() -> assertThat(agent.devices()).containsExactly("lamp"));
            eventually(() -> assertThat(agent.told(AgentEvent.InstanceDeleted.class))
                    .singleElement()
                    .satisfies(deleted -> assertThat(deleted.reason()).isEqualTo(Deletion.NOT_LISTED)));
        }

        @Test
        void a_handler_that_empties_its_list_while_mqtt_is_away_loses_all_of_them() throws IOException {
            mqttGoesAway(handler -> handler.streams.getFirst().onNext(list()));

            eventually(() -> assertThat(agent.devices()).isEmpty());
        }

        @Test
        void a_handler_that_repeats_its_last_list_keeps_them() throws IOException {
            assertUntouchedUntil(
                    mqttGoesAway(handler -> handler.streams.getFirst().onNext(list("lamp", "door"))));
        }
    }
}
