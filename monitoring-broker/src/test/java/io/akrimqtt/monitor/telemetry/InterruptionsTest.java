package io.akrimqtt.monitor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.telemetry.Telemetry.Opened;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InterruptionsTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final TopicName TOPIC = TopicName.of("pump/speed");

    private final MosquittoServer server = MosquittoServer.start();
    private final Telemetry telemetry = Telemetry.start(TelemetryLimits.DEFAULT, InstantSource.system(), new Random(1));
    private final PubSubClient client = MqttPubSubClient.create(
            server.url(),
            Credentials.NONE,
            TlsOptions.DEFAULT,
            SessionOptions.persistent("workload", Duration.ofHours(1)));
    private final PubSubClient device =
            MqttPubSubClient.create(server.url(), Credentials.NONE, TlsOptions.DEFAULT, SessionOptions.clean("device"));
    private final List<String> read = new ArrayList<>();

    @BeforeEach
    void connect() {
        Interruptions.follow(client, server.url(), telemetry);
        var subscriptions =
                TelemetrySubscription.subscribe(client, List.of(TopicFilter.of("pump/#")), _ -> false, telemetry);
        client.connect();
        device.connect();
        await().atMost(SOON).until(() -> subscriptions.getFirst().granted().isDone());
    }

    @AfterEach
    void close() {
        client.close();
        device.close();
        telemetry.close();
        server.close();
    }

    private TelemetryReader open() {
        return switch (telemetry.open(TelemetryQuery.NOW, () -> {})) {
            case Opened.Reading(var reader) -> reader;
            case Opened.Full full -> throw new AssertionError(full);
        };
    }

    /** Publishes until it is read, and says what was read meanwhile. */
    private List<String> say(String text, TelemetryReader reader) {
        read.clear();
        device.publish(Message.of(TOPIC, text)).join();
        await().atMost(SOON).until(() -> {
            readAll(reader);
            return read.contains(text);
        });
        return List.copyOf(read);
    }

    private void readAll(TelemetryReader reader) {
        while (true) {
            switch (reader.next()) {
                case TelemetryRead.Found(var entry, var _) ->
                    read.add((entry.message().retain() ? "retained " : "")
                            + entry.message().text());
                case TelemetryRead.Missed missed -> read.add(missed.cause() + " " + missed.count());
                case TelemetryRead.Nothing(), TelemetryRead.Ended() -> {
                    return;
                }
            }
        }
    }

    @Test
    void a_first_connection_is_no_gap_and_a_session_that_was_kept_is_a_small_one() {
        try (var reader = open()) {
            assertThat(say("1", reader)).containsExactly("1");

            server.restart();

            // What was on its way to be acknowledged comes again.
            assertThat(say("2", reader)).filteredOn(text -> !text.equals("1")).containsExactly("INTERRUPTED -1", "2");
        }
    }

    @Test
    void a_session_that_was_lost_is_a_gap_and_retained_messages_after_it_are_marked() {
        try (var reader = open()) {
            assertThat(say("1", reader)).containsExactly("1");

            server.kill();
            var _ = device.publish(
                    Message.of(TOPIC, "2").toBuilder().retain(true).build());
            server.startAgain();

            await().atMost(SOON).until(() -> {
                readAll(reader);
                return read.contains("retained 2") || read.contains("2");
            });
            assertThat(read).startsWith("1", "SESSION_LOST -1");
        }
    }
}
