package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.messaging.client.ConnectionEvent.Disconnected;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.serving.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
    private static final Disconnected NOBODY = new Disconnected("nobody answers: connection refused", false, false);

    private final Outage outage = new Outage(START);

    private boolean toldAfter(Duration time) {
        outage.tick(START.plus(time));
        return outage.told();
    }

    @Test
    void a_server_that_was_not_tried_yet_or_fails_at_first_is_given_time() {
        assertThat(toldAfter(Duration.ZERO)).isFalse();
        outage.disconnected(NOBODY, START.plusSeconds(1));
        assertThat(toldAfter(Outage.PATIENCE.minusMillis(1))).isFalse();
        assertThat(outage.due()).isEqualTo(START.plus(Outage.PATIENCE));
        assertThat(outage.tick(START.plus(Outage.PATIENCE))).isTrue();
        assertThat(outage.told()).isTrue();
        assertThat(outage.due()).isEqualTo(Instant.MAX);
    }

    @Test
    void refused_credentials_are_told_at_once() {
        outage.disconnected(
                new Disconnected("the MQTT server refused the connection: bad user name or password", true, false),
                START);

        assertThat(toldAfter(Duration.ZERO)).isTrue();
    }

    @Test
    void a_certificate_that_is_not_accepted_is_told_at_once() {
        outage.disconnected(
                new Disconnected("TLS failed, the server's certificate was not accepted: x", false, false, true),
                START);

        assertThat(toldAfter(Duration.ZERO)).isTrue();
    }

    @Test
    void a_short_interruption_is_none_and_a_long_one_counts_from_its_begin() {
        outage.connected();
        assertThat(toldAfter(Duration.ofHours(1))).isFalse();

        var lost = START.plus(Duration.ofHours(1));
        outage.disconnected(NOBODY, lost);
        outage.disconnected(NOBODY, lost.plusSeconds(9));
        assertThat(outage.due()).isEqualTo(lost.plus(Outage.PATIENCE));
        outage.connected();
        assertThat(toldAfter(Duration.ofHours(2))).isFalse();
    }

    @Test
    void one_that_is_back_has_its_patience_again() {
        outage.disconnected(NOBODY, START);
        assertThat(toldAfter(Outage.PATIENCE)).isTrue();

        outage.connected();

        assertThat(outage.told()).isFalse();
    }

    @Test
    void a_watch_shows_it_though_nothing_else_happens() {
        var details = DiscoveryDetails.of(
                List.of(ServerUrl.parse("tcp://localhost:1")), List.of(DeviceFilter.parse("robots/+/joints")));
        var settings = new WatchSettings(details, Credentials.NONE, TlsOptions.DEFAULT, "node-a", "digest");
        var clock = MonotonicClock.start(InstantSource.system());
        try (var watch =
                MqttDeviceWatch.start(settings, (_, _, _, _) -> new SilentClient(Set.of()), clock, WatchJournal.NONE)) {
            assertThat(watch.current().servers().getFirst().unreachable()).isFalse();

            await().atMost(Outage.PATIENCE.plusSeconds(60))
                    .until(() -> watch.current().servers().getFirst().unreachable());
        }
    }
}
