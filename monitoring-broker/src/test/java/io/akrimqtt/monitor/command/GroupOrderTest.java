package io.akrimqtt.monitor.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.device.MemberTopics;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PE 5.4: one order to all devices of a group. */
class GroupOrderTest {

    private static final MemberTopics MEMBERS = new MemberTopics(
            TopicName.of("line"), List.of(TopicFilter.of("line/+")), TopicTemplate.of("{device}/cmd/{command}"), null);

    private final FakeRoute route = new FakeRoute();
    private final List<CommandUpdate> updates = new CopyOnWriteArrayList<>();
    private final DeviceCommands commands = DeviceCommands.start(
            List.of(route),
            QueueRules.DEFAULT,
            new MemoryKeeper("test"),
            CommandWatcher.NONE,
            MEMBERS,
            InstantSource.fixed(Instant.parse("2026-11-20T12:00:00Z")),
            new Random(1));

    @AfterEach
    void close() {
        commands.close();
    }

    private static CommandOrder toAll() {
        return new CommandOrder("start", Payload.EMPTY, CommandOrder.DEFAULT_TIMEOUT, false).to("*");
    }

    private void settle() {
        Settled.await(commands);
    }

    private void answer(int... statuses) {
        settle();
        for (int i = 0; i < statuses.length; i++) {
            route.listeners.get(i).accept(new CommandEvent.Answered(statuses[i], Payload.EMPTY, ""));
        }
        settle();
    }

    private CommandOutcome last() {
        return updates.getLast().outcome();
    }

    @Test
    void pe_5_4_devices_that_end_alike_are_one_end_of_that_status() {
        commands.reachable("line/press", true, "");
        commands.reachable("line/drill", true, "");
        commands.invoke(toAll(), updates::add);
        assertThat(updates.getFirst().outcome().text()).isEqualTo("is for 2 devices, a command each");
        answer(200, 200);

        assertThat(updates).hasSize(2);
        assertThat(last().state()).isEqualTo(CommandState.SUCCEEDED);
        assertThat(last().text()).isEqualTo("200: 2 of 2");
        assertThat(commands.list().join())
                .extracting(view -> view.order().member())
                .containsExactlyInAnyOrder("line/press", "line/drill");
    }

    @Test
    void pe_5_4_424_tells_that_they_ended_otherwise_and_how_each() {
        commands.reachable("line/press", true, "");
        commands.reachable("line/drill", true, "");
        commands.reachable("line/robot", false, "sleeps");
        commands.invoke(toAll(), updates::add);
        answer(200);
        assertThat(updates).as("before all have ended").hasSize(1);
        route.listeners.get(1).accept(new CommandEvent.Answered(409, Payload.EMPTY, "runs already"));
        settle();

        assertThat(last().state()).isEqualTo(CommandState.FAILED);
        assertThat(last().status()).isEqualTo(424);
        assertThat(last().retryable()).isTrue();
        assertThat(last().text()).isEqualTo("200: 1 of 3, 409: 1 of 3, 503: 1 of 3");
        assertThat(last().payload().text())
                .contains("\"line/press\":{\"command_id\":", "\"status\":409,\"text\":\"runs already\"}")
                .contains("\"line/robot\":{", "\"status\":503,\"text\":\"sleeps\"}");
    }

    @Test
    void what_is_under_way_is_no_end_and_a_long_text_is_cut_between_characters() throws Exception {
        commands.reachable("line/press", true, "");
        commands.reachable("line/drill", true, "");
        commands.invoke(toAll(), updates::add);
        settle();
        for (var device : List.copyOf(route.listeners)) {
            device.accept(new CommandEvent.Published(false));
            device.accept(new CommandEvent.InProgress(Payload.EMPTY, "half way"));
        }
        settle();
        assertThat(updates).as("before any has ended").hasSize(1);

        for (var device : List.copyOf(route.listeners)) {
            device.accept(new CommandEvent.Answered(500, Payload.EMPTY, "x".repeat(99) + "🔥🔥"));
        }
        settle();

        assertThat(updates).hasSize(2);
        assertThat(last().text()).isEqualTo("500: 2 of 2");
        var told = new ObjectMapper().readTree(last().payload().bytes());
        assertThat(told.path("line/press").path("text").asText()).isEqualTo("x".repeat(99) + "🔥");
    }

    @Test
    void a_group_that_nothing_was_heard_of_and_a_key_for_all_are_refused() {
        commands.invoke(toAll(), updates::add);
        assertThat(last().status()).isEqualTo(404);
        commands.reachable("line/press", true, "");
        commands.invoke(toAll().withIdempotencyKey("k"), updates::add);
        assertThat(last().status()).isEqualTo(400);
        assertThat(last().text()).isEqualTo("idempotency key: is there (expected: none for a whole group)");
        assertThat(route.requests).isEmpty();
    }

    @Test
    void who_leaves_takes_all_of_them_back() {
        commands.reachable("line/press", true, "");
        commands.reachable("line/drill", true, "");
        var call = commands.invoke(toAll(), updates::add);
        settle();
        call.cancel();
        settle();

        assertThat(route.cancelled).isEqualTo(2);
    }
}
