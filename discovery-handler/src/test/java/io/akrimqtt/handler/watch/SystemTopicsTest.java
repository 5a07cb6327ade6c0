package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** {@code $SYS}, where there is one, and what it is worth. */
class SystemTopicsTest {

    @EachServer
    void a_server_that_ends_connections_for_it_is_read_without_and_told_of_no_problem(ServerCase server) {
        var area = TestDevice.area();
        ClientFactory touchy = (url, credentials, tls, session) ->
                new TouchyClient(MqttPubSubClient.create(url, credentials, tls, session));
        try (var robot = TestDevice.connect(server.url(), area + "/r7").isBorn();
                var watch = Watching.of(server.url())
                        .topics(area + "/+/joints")
                        .protocol(server.protocol())
                        .clients(touchy)
                        .start()
                        .connected()) {
            watch.untilPresence(area + "/r7", Presence.ONLINE);

            assertThat(watch.health().problem()).isEmpty();
            assertThat(watch.health().subscriptionProblems()).isEmpty();
            assertThat(robot).isNotNull();
        }
    }

    @Test
    void mosquitto_tells_its_age_and_its_counts() {
        var told = new AtomicReference<>(SystemFacts.NONE);
        try (var server = MosquittoServer.options().line("sys_interval 1").start();
                var watch = Watching.of(server.url())
                        .topics("robots/+/joints")
                        .start()
                        .connected();
                var client = watch.plainClient()) {
            for (var filter : SystemFacts.FILTERS) {
                client.subscribe(
                        filter, delivery -> told.updateAndGet(facts -> facts.with(delivery.message(), Instant.EPOCH)));
            }
            client.connect();

            watch.until(() -> {
                assertThat(told.get().startedAt()).isPresent();
                assertThat(told.get().retained()).isPresent();
                assertThat(told.get().dropped()).isPresent();
            });
        }
    }

    @Test
    void a_mailbox_tells_once_that_it_is_filling_up_with_what_is_live_and_counts_nothing_else() throws Exception {
        var mailbox = new Mailbox();
        var reading = new Reading(null, null);
        for (int i = 0; i < Mailbox.CAPACITY / 4; i++) {
            mailbox.post(new WatchEvent.Retained(0, Instant.EPOCH, 1, "t", reading));
        }
        assertThat(mailbox.takeOverload()).isFalse();
        for (int i = 0; i < Mailbox.HIGH_WATER - 1; i++) {
            mailbox.post(new WatchEvent.Arrived(0, Instant.EPOCH, "t", reading, false, Published.NOT_KNOWN, () -> {}));
        }
        assertThat(mailbox.takeOverload()).isFalse();

        mailbox.post(new WatchEvent.Arrived(0, Instant.EPOCH, "t", reading, false, Published.NOT_KNOWN, () -> {}));

        assertThat(mailbox.takeOverload()).isTrue();
        assertThat(mailbox.takeOverload()).isFalse();
        assertThat(mailbox.poll(0)).isInstanceOf(WatchEvent.Retained.class);
        mailbox.close(Instant.EPOCH);
    }

    @Test
    void an_event_keeps_no_more_of_long_texts_than_it_takes_to_refuse_them() {
        var sighting = new Reading.Sighting("d".repeat(60_000), Said.ACTIVITY);
        var event = new WatchEvent.Arrived(
                0,
                Instant.EPOCH,
                "t".repeat(60_000),
                new Reading(sighting, null),
                false,
                Published.NOT_KNOWN,
                () -> {});

        assertThat(event.topic()).hasSize(641);
        assertThat(event.reading().sighting())
                .extracting(Reading.Sighting::device)
                .asString()
                .hasSize(513);
    }
}
