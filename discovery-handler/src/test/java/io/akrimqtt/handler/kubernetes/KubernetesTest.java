package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.caretaker.Action;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.kubernetes.KubernetesSettings.Access;
import io.akrimqtt.handler.observe.HandlerHealth;
import io.akrimqtt.handler.observe.HandlerMetrics;
import io.akrimqtt.handler.observe.KubernetesMetrics;
import io.akrimqtt.handler.observe.StreamMetrics;
import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Samples;
import io.akrimqtt.handler.report.StreamCounts;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.messaging.testing.MetricsContract;
import io.akrimqtt.presence.convention.Ignored;
import io.akrimqtt.serving.MonotonicClock;
import io.akrimqtt.serving.ProcessMetrics;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All of it together, with the real caretaker. */
class KubernetesTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final MockCluster cluster = MockCluster.start();
    private final MonotonicClock clock = MonotonicClock.start(InstantSource.system());
    private final FakeWatch devices = FakeWatch.settled(Samples.device("robots/a"));
    private final Reporting reporting = Reporting.start((_, _) -> devices, ReportTimes.DEFAULT, clock);
    private final Kubernetes kubernetes = Kubernetes.start(
            cluster.client(),
            new KubernetesSettings(
                    new Access.None("the client is given"),
                    "akri",
                    "handlers",
                    Placement.EVERY_NODE,
                    Duration.ofMinutes(5),
                    ""),
            new Kubernetes.Who("node-a", "mqtt"),
            reporting,
            new Kubernetes.Tie(() -> Optional.of(clock.instant()), () -> true),
            new Kubernetes.Clocks(clock, InstantSource.system()),
            ClusterWatchTest.QUICK,
            new Random(7));

    @AfterEach
    void close() {
        kubernetes.close();
        reporting.close();
        cluster.close();
    }

    @Test
    void a_device_is_reported_within_moments_when_the_cluster_is_seen() {
        var lists = new CopyOnWriteArrayList<Integer>();
        reporting.subscribe(Samples.key(), response -> lists.add(response.getDevicesCount()));

        await().atMost(SOON).until(() -> !lists.isEmpty());
        assertThat(lists.getFirst()).isEqualTo(1);
    }

    @Test
    void an_api_server_that_is_away_is_a_problem_and_makes_nothing_unready() {
        await().atMost(SOON).until(() -> kubernetes.cluster().reachable());
        var health = new HandlerHealth(reporting, () -> true, () -> true, () -> "", kubernetes::problems);
        await().atMost(SOON).until(() -> health.problems().isEmpty());

        cluster.fault(MockCluster.always(500, MockCluster.status(500, "InternalError", "etcd is away")));
        await().atMost(SOON).until(() -> !kubernetes.cluster().reachable());

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(health.problems())
                        .containsExactly("Kubernetes does not tell all, what is reported stays until it does:"
                                + " 500 etcd is away"));
        assertThat(health.notReady()).isEmpty();
    }

    /** All that labels may say. */
    private void everyLabel() {
        var counters = new ArrayList<WatchSnapshot.Counter>();
        for (var cause : Ignored.values()) {
            counters.add(new WatchSnapshot.Counter(cause.label(), 1));
        }
        var server = new WatchSnapshot.ServerHealth("tcp://h:1883", true, "", List.of());
        devices.tell(new WatchSnapshot(true, List.of(Samples.device("robots/a")), List.of(server), counters));
        for (var outcome : Outcome.values()) {
            var result = outcome.name().toLowerCase(Locale.ROOT);
            kubernetes.calls().add("patch configurations", result);
            Stream.concat(
                            Stream.of(Action.class.getPermittedSubclasses()),
                            Stream.of(Action.Write.class.getPermittedSubclasses()))
                    .filter(Class::isRecord)
                    .map(each -> each.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_"))
                    .forEach(name -> kubernetes.actions().add(name.toLowerCase(Locale.ROOT), result));
        }
    }

    @Test
    void metrics_tell_the_caretaker_s_work_and_name_no_object() throws IOException {
        await().atMost(SOON).until(() -> kubernetes.cluster().reachable());
        kubernetes.calls().add("patch instances", Outcome.DONE.name().toLowerCase(Locale.ROOT));
        kubernetes.actions().add("release", "done");
        var registry = new PrometheusRegistry();
        KubernetesMetrics.register(registry, kubernetes, reporting);
        HandlerMetrics.register(registry, reporting, new HandlerMetrics.Sources(() -> true, () -> 1, () -> 0));
        StreamMetrics.register(registry, () -> new StreamCounts(1, 0, 1), () -> true, () -> true);
        new HandlerHealth(reporting, () -> true, () -> true, () -> "").register(registry);
        ProcessMetrics.register(registry, "discovery-handler", "1");
        everyLabel();
        reporting.subscribe(Samples.key(), _ -> {});
        await().atMost(SOON).until(() -> reporting.reportsSent() > 0);
        var bytes = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.builder().build().write(bytes, registry.scrape());

        assertThat(MetricsContract.of("Discovery handler").problems(bytes.toString(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(List.of(bytes.toString(StandardCharsets.UTF_8).split("\n")))
                .contains(
                        "akri_mqtt_kubernetes_reachable 1.0",
                        "akri_mqtt_kubernetes_writes_waiting 0.0",
                        "akri_mqtt_releases_waiting 0.0",
                        "akri_mqtt_guard{state=\"unknown\"} 1.0",
                        "akri_mqtt_guard{state=\"in_force\"} 0.0",
                        "akri_mqtt_guard{state=\"missing\"} 0.0",
                        "akri_mqtt_kubernetes_calls_total{call=\"patch instances\",result=\"done\"} 1.0",
                        "akri_mqtt_caretaker_actions_total{action=\"release\",result=\"done\"} 2.0");
    }
}
