package io.akrimqtt.monitor;

import static io.akrimqtt.monitor.MonitorProcess.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryQueueTest {

    @Test
    void a_server_without_retained_messages_leaves_the_queue_in_memory_and_that_is_said_loudly() {
        try (var server =
                        MosquittoServer.options().line("retain_available false").start();
                var broker = MonitorProcess.ready(
                        server.url(),
                        "pump",
                        Map.of("MQTT_COMMAND_TOPIC", "pump/cmd/{command}", "AKRI_MQTT_RETAIN", "no"))) {
            await().atMost(SOON).untilAsserted(() -> {
                var queue = broker.api()
                        .getDevice(GetDeviceRequest.getDefaultInstance())
                        .getQueue();
                assertThat(queue.getDurable()).isFalse();
                assertThat(queue.getProblem()).startsWith("AKRI_MQTT_RETAIN=no");
            });
            assertThat(broker.get("/metrics").body()).contains("akri_mqtt_commands_durable 0.0");
            assertThat(broker.text("out") + broker.text("err")).contains("queue of commands is kept in memory only");

            var queued = broker.api()
                    .submitCommand(InvokeCommandRequest.newBuilder()
                            .setCommand("start")
                            .build());

            assertThat(queued.getState()).isEqualTo(CommandState.COMMAND_STATE_QUEUED);
        }
    }
}
