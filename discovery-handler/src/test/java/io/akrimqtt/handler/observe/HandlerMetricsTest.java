package io.akrimqtt.handler.observe;

import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.handler.report.Samples.unlisted;
import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Samples;
import io.akrimqtt.handler.report.Sighted;
import io.akrimqtt.handler.report.StreamCounts;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlerMetricsTest {

    private final FakeWatch watch = new FakeWatch();
    private final Reporting reporting = Reporting.start((_, _) -> watch, ReportTimes.DEFAULT, InstantSource.system());
    private final AtomicBoolean registered = new AtomicBoolean(true);
    private final AtomicBoolean reachable = new AtomicBoolean(true);
    private final HandlerHealth health = new HandlerHealth(reporting, registered::get, reachable::get, () -> "");

    @BeforeEach
    void report() {
        watch.tell(new WatchSnapshot(
                true,
                List.of(device("robots/a"), unlisted("robots/b"), device("robots/" + "x".repeat(600))),
                List.of(
                        new WatchSnapshot.ServerHealth("tcp://h:1883", true, "", List.of("robots/# was refused")),
                        new WatchSnapshot.ServerHealth("tcp://g:1883", false, "connection refused", List.of())),
                List.of(new WatchSnapshot.Counter("malformed_payload", 7))));
        reporting.allot(new Sighted());
        reporting.subscribe(Samples.key(), _ -> {});
        await().until(() -> reporting.reportsSent() == 1
                && !reporting.views().isEmpty()
                && reporting.views().getFirst().report().bytes() > 0);
    }

    @AfterEach
    void close() {
        reporting.close();
    }

    @Test
    void metrics_tell_what_is_known_and_name_no_device() throws IOException {
        var registry = new PrometheusRegistry();
        HandlerMetrics.register(registry, reporting, new HandlerMetrics.Sources(registered::get, () -> 3, () -> 2));
        var bytes = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(bytes, registry.scrape());

        var watchLabel = "watch=\"" + reporting.views().getFirst().shortName() + "\"";
        assertThat(bytes.toString(StandardCharsets.UTF_8).replace(watchLabel, "w"))
                .contains("akri_mqtt_devices{presence=\"online\",w} 2.0")
                .contains("akri_mqtt_devices{presence=\"offline\",w} 1.0")
                .contains("akri_mqtt_devices_listed{w} 1.0")
                .contains("akri_mqtt_devices_refused{reason=\"id_too_long\",w} 1.0")
                .contains("akri_mqtt_id_collisions{w} 0.0")
                .contains("akri_mqtt_server_connected{server=\"tcp://h:1883\",w} 1.0")
                .contains("akri_mqtt_server_connected{server=\"tcp://g:1883\",w} 0.0")
                .contains("akri_mqtt_messages_ignored_total{cause=\"malformed_payload\",w} 7.0")
                .contains("akri_mqtt_discover_streams{w} 1.0")
                .contains("akri_mqtt_reports_sent_total 1.0")
                .contains("akri_mqtt_registrations_total 3.0")
                .contains("akri_mqtt_discover_refused_total 2.0")
                .contains("akri_mqtt_registered 1.0")
                .containsPattern("akri_mqtt_report_bytes\\{w} [1-9]")
                .doesNotContain("robots");
    }

    @Test
    void an_mqtt_server_that_is_away_is_told_and_makes_nothing_unready() {
        assertThat(health.notReady()).isEmpty();
        assertThat(health.problems())
                .containsExactly(
                        "MQTT server tcp://h:1883: robots/# was refused",
                        "MQTT server tcp://g:1883 is not connected: connection refused",
                        "1 devices are not reported: the device id is longer than 512 bytes");
    }

    @Test
    void a_handler_that_the_agent_does_not_know_or_cannot_reach_is_not_ready() {
        registered.set(false);
        reachable.set(false);

        assertThat(health.notReady())
                .containsExactly(
                        "the handler's socket is gone: Akri's agent cannot call Discover",
                        "Akri's agent does not know this handler: it is not there, or has not taken the registration");
    }

    @Test
    void what_akri_lacks_still_keeps_the_handler_unready_and_is_told_after_what_it_waits_for() {
        var missing = new AtomicReference<>("1 of 2 streams");
        var young = new HandlerHealth(reporting, registered::get, reachable::get, () -> "", List::of, missing::get);
        assertThat(young.notReady()).containsExactly("1 of 2 streams");

        registered.set(false);
        assertThat(young.notReady()).singleElement().asString().contains("does not know this handler");

        registered.set(true);
        missing.set("");
        assertThat(young.notReady()).isEmpty();
    }

    @Test
    void metrics_tell_of_streams_and_of_the_place_among_the_handlers_of_the_node() throws IOException {
        var registry = new PrometheusRegistry();
        StreamMetrics.register(registry, () -> new StreamCounts(3, 2, 5), () -> true, () -> false);
        var bytes = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(bytes, registry.scrape());

        assertThat(bytes.toString(StandardCharsets.UTF_8))
                .contains("akri_mqtt_discover_streams_without_list 2.0")
                .contains("akri_mqtt_discover_streams_opened_total 5.0")
                .contains("akri_mqtt_acting 1.0")
                .contains("akri_mqtt_arrived 0.0");
    }
}
