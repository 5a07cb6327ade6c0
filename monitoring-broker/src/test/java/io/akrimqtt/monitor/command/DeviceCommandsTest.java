package io.akrimqtt.monitor.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.QueueRules;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceCommandsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final FakeRoute first = new FakeRoute();
    private final FakeRoute second = new FakeRoute();
    private final DeviceCommands commands = commands(first, second);
    private final List<CommandUpdate> updates = new CopyOnWriteArrayList<>();

    private static DeviceCommands commands(CommandRoute... routes) {
        return DeviceCommands.start(
                List.of(routes), QueueRules.DEFAULT, new MemoryKeeper("test"), InstantSource.fixed(NOW), new Random(1));
    }

    private static CommandOrder order(String command) {
        return new CommandOrder(command, Payload.text("7"), CommandOrder.DEFAULT_TIMEOUT, false);
    }

    private CommandOutcome refusal(CommandOrder order) {
        return refusal(commands, order);
    }

    private CommandOutcome refusal(DeviceCommands asked, CommandOrder order) {
        asked.invoke(order, updates::add);
        Settled.await(asked);
        assertThat(updates).hasSize(1);
        assertThat(updates.getFirst().outcome().last()).isTrue();
        return updates.getFirst().outcome();
    }

    @Nested
    class A_command_that_is_sent {

        @Test
        void tells_its_states_under_one_id_until_it_ends() {
            commands.invoke(order("start"), updates::add);
            Settled.await(commands);
            first.tell(new CommandEvent.Published(false));
            first.tell(new CommandEvent.Answered(200, Payload.text("ok"), ""));
            first.tell(new CommandEvent.Accepted("late"));
            first.tell(new CommandEvent.Failed(504, Origin.DEVICE, true, "late"));
            Settled.await(commands);

            assertThat(updates)
                    .extracting(update -> update.outcome().state())
                    .containsExactly(CommandState.PUBLISHED, CommandState.SUCCEEDED);
            assertThat(updates)
                    .extracting(CommandUpdate::id)
                    .doesNotContain("")
                    .containsOnly(updates.getFirst().id());
            assertThat(updates).extracting(CommandUpdate::at).containsOnly(NOW);
            assertThat(commands.inFlight()).isZero();
            assertThat(commands.counters().ended(CommandState.SUCCEEDED)).isOne();
            assertThat(commands.counters().ended(CommandState.TIMED_OUT)).isZero();
        }

        @Test
        void is_never_in_a_state_before_the_one_that_it_was_in() {
            commands.invoke(order("start"), updates::add);
            Settled.await(commands);
            first.tell(new CommandEvent.InProgress(Payload.EMPTY, "half way"));
            first.tell(new CommandEvent.Accepted("what came before comes behind"));
            first.tell(new CommandEvent.Published(false));
            first.tell(new CommandEvent.Answered(200, Payload.text("ok"), ""));
            Settled.await(commands);

            assertThat(updates)
                    .extracting(update -> update.outcome().state())
                    .containsExactly(CommandState.IN_PROGRESS, CommandState.SUCCEEDED);
        }

        @Test
        void harms_nobody_where_one_who_follows_it_throws() {
            commands.invoke(order("start"), updates::add);
            Settled.await(commands);
            first.tell(new CommandEvent.Published(false));
            Settled.await(commands);

            var following = commands.watch(updates.getFirst().id(), _ -> {
                throw new IllegalStateException("on purpose");
            });

            assertThat(following).succeedsWithin(Duration.ofSeconds(60)).matches(Optional::isPresent);
            first.tell(new CommandEvent.Answered(200, Payload.text("ok"), ""));
            Settled.await(commands);
            assertThat(updates.getLast().outcome().state()).isEqualTo(CommandState.SUCCEEDED);
        }

        @Test
        void goes_over_the_first_server_that_is_connected() {
            first.connected = false;

            commands.invoke(order("start"), updates::add);

            Settled.await(commands);

            assertThat(first.requests).isEmpty();
            assertThat(second.requests).hasSize(1);
        }

        @Test
        void is_cancelled_by_its_caller() {
            commands.invoke(order("start"), updates::add).cancel();
            Settled.await(commands);

            assertThat(first.cancelled).isOne();
        }

        @Test
        void has_an_id_of_its_own() {
            commands.invoke(order("start"), updates::add);
            Settled.await(commands);
            first.tell(new CommandEvent.Published(false));
            Settled.await(commands);
            commands.invoke(order("start"), updates::add);
            Settled.await(commands);
            first.tell(new CommandEvent.Published(false));
            Settled.await(commands);

            assertThat(updates).extracting(CommandUpdate::id).doesNotHaveDuplicates();
        }
    }

    @Nested
    class A_command_that_is_refused {

        @Test
        void because_no_server_is_connected_has_failed_at_once() {
            first.connected = false;
            second.connected = false;

            assertThat(refusal(order("start")))
                    .isEqualTo(new CommandOutcome(
                            CommandState.FAILED,
                            true,
                            503,
                            Origin.SERVER,
                            true,
                            "no MQTT server of the device is connected",
                            Payload.EMPTY));
        }

        @Test
        void because_the_device_takes_none_says_what_to_add() {
            assertThat(refusal(commands(), order("start")))
                    .isEqualTo(new CommandOutcome(
                            CommandState.REJECTED,
                            true,
                            404,
                            Origin.CALLER,
                            false,
                            "the device takes no commands: its Configuration has no 'commands' in discoveryDetails",
                            Payload.EMPTY));
        }

        @Test
        void because_too_many_are_under_way_may_be_tried_again() {
            for (int i = 0; i < DeviceCommands.MAX_IN_FLIGHT; i++) {
                commands.invoke(order("start"), _ -> {});
            }
            Settled.await(commands);

            var outcome = refusal(order("start"));

            assertThat(outcome.status()).isEqualTo(429);
            assertThat(outcome.state()).isEqualTo(CommandState.REJECTED);
            assertThat(outcome.origin()).isEqualTo(Origin.QUEUE);
            assertThat(outcome.retryable()).isTrue();
            assertThat(outcome.text()).isEqualTo("100 commands are under way (expected: fewer)");
            first.tell(new CommandEvent.Answered(200, Payload.EMPTY, ""));
            Settled.await(commands);
            assertThat(commands.inFlight()).isEqualTo(DeviceCommands.MAX_IN_FLIGHT - 1);
        }

        @Test
        void because_its_payload_is_too_large() {
            var order = new CommandOrder("start", Payload.of(new byte[262_145], null), Duration.ofSeconds(1), false);

            assertThat(refusal(order).status()).isEqualTo(413);
            assertThat(updates.getFirst().outcome().text())
                    .isEqualTo("payload: has 262145 bytes (expected: at most 262144)");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "a/b | command: has '/' at index 1 (expected: one topic level)",
                    "a+ | command: has '+' at index 1 (expected: one topic level)",
                    "# | command: has '#' at index 0 (expected: one topic level)",
                    "$a | command: begins with '$' (expected: another first character)",
                    "'' | command: has 0 characters (expected: 1 to 128)"
                })
        void because_of_its_name(String name, String text) {
            var outcome = refusal(order(name));

            assertThat(outcome.text()).isEqualTo(text);
            assertThat(outcome.status()).isEqualTo(400);
            assertThat(outcome.state()).isEqualTo(CommandState.REJECTED);
            assertThat(outcome.origin()).isEqualTo(Origin.CALLER);
        }

        @Test
        void because_of_a_control_character_or_its_length() {
            assertThat(refusal(order("a\u0000")).text())
                    .isEqualTo("command: has a control character at index 1 (expected: none)");
            updates.clear();
            assertThat(refusal(order("a".repeat(129))).text())
                    .isEqualTo("command: has 129 characters (expected: 1 to 128)");
        }

        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT-1S", "PT1H0.001S"})
        void because_of_its_timeout(String timeout) {
            var order = new CommandOrder("start", Payload.EMPTY, Duration.parse(timeout), false);

            assertThat(refusal(order).text())
                    .isEqualTo("timeout: " + Duration.parse(timeout) + " (expected: more than 0, at most PT1H)");
        }

        @Test
        void because_of_its_content_type() {
            var order = new CommandOrder("start", Payload.of(new byte[0], "a\nb"), Duration.ofSeconds(1), false);

            assertThat(refusal(order).status()).isEqualTo(400);
        }
    }
}
