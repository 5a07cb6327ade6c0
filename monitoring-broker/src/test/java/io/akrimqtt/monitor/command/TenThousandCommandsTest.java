package io.akrimqtt.monitor.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.InvokerOptions;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import io.akrimqtt.monitor.TestClient;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.QueueRules;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;

/** Many commands to a device that drops one answer in a hundred: every caller gets an end in its time. */
class TenThousandCommandsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int COMMANDS = 10_000;

    /** By the commands' numbers. */
    private final Map<String, CommandUpdate> ends = new ConcurrentHashMap<>();

    private final Set<String> dropped = ConcurrentHashMap.newKeySet();
    private final AtomicInteger latestMillis = new AtomicInteger();
    private final AtomicInteger came = new AtomicInteger();
    private final Semaphore places = new Semaphore(80);

    /** As each version of MQTT has it. */
    private static CommandTopics topics(ServerCase on, String device) {
        return on.mqtt5()
                ? new CommandTopics(TopicTemplate.of(device + "/cmd/{command}"), null)
                : new CommandTopics(
                        TopicTemplate.of(device + "/cmd/{request}/{command}"),
                        TopicTemplate.of(device + "/res/{request}/{status}"));
    }

    private Optional<Message> answer(String device, Message request) {
        if (came.incrementAndGet() % 100 == 0) {
            dropped.add(request.text());
            return Optional.empty();
        }
        var id = request.topic().value().split("/", -1)[2];
        var topic = request.responseTopic().orElseGet(() -> TopicName.of(device + "/res/" + id + "/200"));
        return Optional.of(Message.to(topic)
                .correlationData(request.correlationData().orElse(null))
                .payload(request.payload())
                .build());
    }

    private void ask(DeviceCommands commands, int number) throws InterruptedException {
        assertThat(places.tryAcquire(SOON.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
        long start = System.nanoTime();
        var order = new CommandOrder("start", Payload.text(Integer.toString(number)), TIMEOUT, false);
        commands.invoke(order, update -> {
            if (update.outcome().last()) {
                assertThat(ends.put(Integer.toString(number), update)).isNull();
                latestMillis.accumulateAndGet((int) ((System.nanoTime() - start) / 1_000_000), Math::max);
                places.release();
            }
        });
    }

    @EachServer
    void all_end_in_time(ServerCase on) throws Exception {
        Assumptions.assumeTrue(
                on.toString().equals("Mosquitto, MQTT 5") || Boolean.getBoolean("long"), "runs with -Plong");
        var device = (on + "-many").replaceAll("[ ,]+", "-");
        try (PubSubClient client = MqttPubSubClient.create(
                        on.url(), Credentials.NONE, TlsOptions.DEFAULT, on.clean(device + "-caller"));
                var route = MqttRoute.create(
                        client,
                        topics(on, device),
                        InvokerOptions.of("caller-" + device),
                        InstantSource.system(),
                        new SecureRandom());
                var commands = DeviceCommands.start(
                        List.of(route),
                        QueueRules.DEFAULT,
                        new MemoryKeeper("test"),
                        InstantSource.system(),
                        new SecureRandom());
                var _ = TestClient.answering(
                        on.url(), on.protocol(), device + "/cmd/#", request -> answer(device, request))) {
            client.connect();
            await().atMost(SOON).until(client::connected);
            for (int i = 0; i < COMMANDS; i++) {
                ask(commands, i);
            }

            await().atMost(SOON).untilAsserted(() -> assertThat(ends).hasSize(COMMANDS));
        }
        // Where the machine is held up, others may time out as well: then their answers are late, and that is the
        // truth.
        assertThat(ends.values())
                .extracting(update -> update.outcome().state())
                .containsOnly(CommandState.SUCCEEDED, CommandState.TIMED_OUT);
        assertThat(ends.values())
                .filteredOn(update -> update.outcome().state() == CommandState.SUCCEEDED)
                .hasSizeBetween(COMMANDS / 2, COMMANDS - COMMANDS / 100);
        assertThat(dropped).hasSizeBetween(COMMANDS / 200, COMMANDS / 100);
        assertThat(dropped)
                .allSatisfy(number -> assertThat(ends.get(number))
                        .extracting(update -> update.outcome().state())
                        .isEqualTo(CommandState.TIMED_OUT));
        assertThat(latestMillis.get()).isLessThan((int) TIMEOUT.plus(SOON).toMillis());
    }
}
