package io.akrimqtt.monitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.proto.monitoring.v1.CancelCommandRequest;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.Priority;
import io.akrimqtt.proto.monitoring.v1.Queueing;
import io.akrimqtt.proto.monitoring.v1.WatchCommandRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueuedCommandsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final InvokeCommandRequest START = InvokeCommandRequest.newBuilder()
            .setCommand("start")
            .setPayload(ByteString.copyFromUtf8("fast"))
            .build();

    private final ApiFixture api = new ApiFixture(Map.of("MQTT_COMMAND_TOPIC", "plant/pump-7/cmd/{command}"));

    @BeforeEach
    void the_device_sleeps() {
        api.commands.reachable(false, "the device is sleeping");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private static List<CommandStatus> all(Iterator<CommandStatus> statuses) {
        var all = new ArrayList<CommandStatus>();
        statuses.forEachRemaining(all::add);
        return all;
    }

    private CommandStatus submit(InvokeCommandRequest request) {
        return api.blocking().submitCommand(request);
    }

    @Test
    void a_submitted_command_is_listed_watched_and_ends() {
        var queued = submit(START);
        assertThat(queued.getState()).isEqualTo(CommandState.COMMAND_STATE_QUEUED);
        assertThat(queued.getText()).isEqualTo("the device is sleeping");
        var statuses = api.blocking()
                .watchCommand(WatchCommandRequest.newBuilder()
                        .setCommandId(queued.getCommandId())
                        .build());
        assertThat(statuses.next().getState()).isEqualTo(CommandState.COMMAND_STATE_QUEUED);
        assertThat(api.blocking()
                        .getDevice(GetDeviceRequest.getDefaultInstance())
                        .getQueue()
                        .getWaiting())
                .isOne();

        api.commands.reachable(true, "");
        await().atMost(SOON).until(() -> api.route.ids.size() == 1);
        api.route.tell(new CommandEvent.Answered(200, Payload.text("1400"), ""));

        assertThat(all(statuses).getLast().getPayload().toStringUtf8()).isEqualTo("1400");
        assertThat(api.route.ids).containsExactly(queued.getCommandId());
        assertThat(api.blocking()
                        .listCommands(ListCommandsRequest.getDefaultInstance())
                        .getCommandsList())
                .singleElement()
                .satisfies(command -> {
                    assertThat(command.getCommand()).isEqualTo("start");
                    assertThat(command.getSize()).isEqualTo(4);
                    assertThat(command.getPriority()).isEqualTo(Priority.PRIORITY_NORMAL);
                    assertThat(command.hasSent()).isTrue();
                    assertThat(command.getUntil().getSeconds()
                                    - command.getSubmitted().getSeconds())
                            .isEqualTo(3_600);
                    assertThat(command.getStatus().getState()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
                });
        assertThat(api.blocking()
                        .listCommands(ListCommandsRequest.newBuilder()
                                .setOpenOnly(true)
                                .build())
                        .getCommandsList())
                .isEmpty();
    }

    @Test
    void a_command_that_is_taken_back_is_cancelled_and_stays_so() {
        var id = submit(START).getCommandId();
        var cancel = CancelCommandRequest.newBuilder().setCommandId(id).build();

        assertThat(api.blocking().cancelCommand(cancel).getState()).isEqualTo(CommandState.COMMAND_STATE_CANCELLED);
        assertThat(api.blocking().cancelCommand(cancel).getState()).isEqualTo(CommandState.COMMAND_STATE_CANCELLED);
        api.commands.reachable(true, "");
        assertThat(api.commands.list().join()).hasSize(1);
        assertThat(api.route.requests).isEmpty();
    }

    @Test
    void an_unknown_id_is_an_error_that_says_what_is_known() {
        var unknown = CancelCommandRequest.newBuilder().setCommandId("nonsense").build();

        assertThatThrownBy(() -> api.blocking().cancelCommand(unknown))
                .hasMessage("NOT_FOUND: command_id: 'nonsense' is not known (expected: that of a command that waits, is"
                        + " under way, or ended in the last 10 minutes)");
        assertThatThrownBy(() -> api.blocking()
                        .watchCommand(WatchCommandRequest.newBuilder()
                                .setCommandId("nonsense")
                                .build())
                        .next())
                .hasMessageContaining("NOT_FOUND");
    }

    @Test
    void the_same_key_is_the_same_command_and_another_order_is_refused() {
        var first = submit(START.toBuilder().setIdempotencyKey("k").build());
        var second = submit(START.toBuilder().setIdempotencyKey("k").build());
        var other = submit(
                START.toBuilder().setIdempotencyKey("k").setCommand("stop").build());

        assertThat(second.getCommandId()).isEqualTo(first.getCommandId());
        assertThat(other.getStatus()).isEqualTo(409);
    }

    @Test
    void a_time_to_live_out_of_bounds_is_refused() {
        var never = Queueing.newBuilder()
                .setTtl(com.google.protobuf.Duration.newBuilder().setSeconds(604_801));

        assertThat(submit(START.toBuilder().setQueueing(never).build()).getText())
                .isEqualTo("time to live: PT168H1S (expected: PT1S to PT168H)");
    }

    @Test
    void without_queueing_it_fails_at_once() {
        assertThat(all(api.blocking().invokeCommand(START)))
                .singleElement()
                .satisfies(status -> assertThat(status.getStatus()).isEqualTo(503))
                .satisfies(status -> assertThat(status.getText()).isEqualTo("the device is sleeping"));
    }
}
