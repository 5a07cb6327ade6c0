package io.akrimqtt.monitor.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.Origin;
import io.grpc.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InvokeCommandTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final InvokeCommandRequest START = InvokeCommandRequest.newBuilder()
            .setCommand("start")
            .setPayload(ByteString.copyFromUtf8("fast"))
            .setContentType("text/plain")
            .build();

    private final ApiFixture api = new ApiFixture(Map.of("MQTT_COMMAND_TOPIC", "plant/pump-7/cmd/{command}"));

    @AfterEach
    void close() {
        api.close();
    }

    private void awaitRequest() {
        await().atMost(SOON).until(() -> api.route.requests.size() == 1 && api.route.listeners.size() == 1);
    }

    private static List<CommandStatus> all(Iterator<CommandStatus> statuses) {
        var all = new ArrayList<CommandStatus>();
        statuses.forEachRemaining(all::add);
        return all;
    }

    @Test
    void states_are_streamed_to_the_last() {
        var statuses = api.blocking().invokeCommand(START);
        awaitRequest();
        api.route.tell(new CommandEvent.Published(false));
        assertThat(statuses.next().getState()).isEqualTo(CommandState.COMMAND_STATE_PUBLISHED);
        api.route.tell(new CommandEvent.Accepted("soon"));
        assertThat(statuses.next().getText()).isEqualTo("soon");
        api.route.tell(new CommandEvent.Answered(200, Payload.text("1400"), "running"));

        var last = all(statuses);

        assertThat(last).singleElement().satisfies(status -> {
            assertThat(status.getState()).isEqualTo(CommandState.COMMAND_STATE_SUCCEEDED);
            assertThat(status.getLast()).isTrue();
            assertThat(status.getStatus()).isEqualTo(200);
            assertThat(status.getOrigin()).isEqualTo(Origin.ORIGIN_UNSPECIFIED);
            assertThat(status.getPayload().toStringUtf8()).isEqualTo("1400");
            assertThat(status.getContentType()).isEqualTo("text/plain");
            assertThat(status.getText()).isEqualTo("running");
            assertThat(status.getCommandId()).matches("[0-9a-f]{32}");
        });
        assertThat(api.route.requests.getFirst().payload()).isEqualTo(Payload.text("fast"));
        assertThat(api.route.requests.getFirst().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void a_malformed_request_is_a_state_and_no_error_of_the_call() {
        var statuses = all(
                api.blocking().invokeCommand(START.toBuilder().setCommand("a/b").build()));

        assertThat(statuses).singleElement().satisfies(status -> {
            assertThat(status.getState()).isEqualTo(CommandState.COMMAND_STATE_REJECTED);
            assertThat(status.getStatus()).isEqualTo(400);
            assertThat(status.getOrigin()).isEqualTo(Origin.ORIGIN_CALLER);
        });
    }

    @Test
    void an_absurd_timeout_is_a_state_too() {
        var timeout = com.google.protobuf.Duration.newBuilder().setSeconds(Long.MAX_VALUE);

        var statuses = all(api.blocking()
                .invokeCommand(START.toBuilder().setTimeout(timeout).build()));

        assertThat(statuses).singleElement().matches(status -> status.getStatus() == 400);
    }

    @Test
    void the_deadline_of_the_call_bounds_the_command_and_leaves_time_to_tell() {
        var hour = com.google.protobuf.Duration.newBuilder().setSeconds(3_600);
        var statuses = api.blocking()
                .withDeadlineAfter(60, TimeUnit.SECONDS)
                .invokeCommand(START.toBuilder().setTimeout(hour).build());
        awaitRequest();
        api.route.tell(new CommandEvent.Answered(204, Payload.EMPTY, ""));

        assertThat(all(statuses)).hasSize(1);
        assertThat(api.route.requests.getFirst().timeout())
                .isBetween(Duration.ofSeconds(10), Duration.ofMillis(59_750));
    }

    @Test
    void a_caller_that_leaves_takes_the_command_back() throws Exception {
        try (var context = Context.current().withCancellation()) {
            context.call(() -> api.blocking().invokeCommand(START));
            awaitRequest();
            context.cancel(null);
            await().atMost(SOON).until(() -> api.route.cancelled == 1);
        }
    }

    @Test
    void the_device_is_described_with_its_command_topic() {
        var device = api.blocking().getDevice(GetDeviceRequest.getDefaultInstance());

        assertThat(device.getId()).isEqualTo("plant/pump-7");
        assertThat(device.getName()).isEqualTo("pump-7");
        assertThat(device.getCommandTopic()).isEqualTo("plant/pump-7/cmd/{command}");
        assertThat(device.getResponseTopic()).isEmpty();
        assertThat(device.getTelemetryFiltersList()).containsExactly("plant/pump-7/#");
        assertThat(device.getPropertiesMap()).containsEntry("MQTT_DEVICE_ID", "plant/pump-7");
        assertThat(device.getReceived()).isZero();
        assertThat(device.hasLastReceived()).isFalse();
    }
}
