package io.akrimqtt.handler.kubernetes;

import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.handler.report.Samples.unlisted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.kubernetes.KubernetesSettings.Access;
import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Samples;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.serving.MonotonicClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that goes, from its report to the API server and back, with a guard in force: the real caretaker with real hands. */
class ReleaseStoryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DETAILS =
            "serverUrls: tcp://h\ntopics: robots/+/joints\npresence: {offlineGrace: 100ms}\n";
    private static final String RELEASED = "released.akri-mqtt.io/node-a";

    private final MockCluster cluster = MockCluster.start();
    private final KubernetesClient client = cluster.client();
    private final MonotonicClock clock = MonotonicClock.start(InstantSource.system());
    private final FakeWatch devices = FakeWatch.settled(device("robots/a"), device("robots/b"));
    private final Reporting reporting = Reporting.start((_, _) -> devices, ReportTimes.DEFAULT, clock);
    private final List<List<String>> lists = new CopyOnWriteArrayList<>();
    private final WatchKey key = Samples.key(Samples.details(DETAILS));

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Kubernetes kubernetes;

    @BeforeEach
    void start() {
        cluster.fault(ReleaseStoryTest::guard);
        for (var node : List.of("node-a", "node-b")) {
            cluster.create(client, Kind.NODE, Objects.NODE.replace("NAME", node).replace("READY", "True"));
        }
        cluster.create(client, Kind.ENDPOINT_SLICE, Objects.SLICE);
        kubernetes = Kubernetes.start(
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
        await().atMost(SOON).until(() -> kubernetes.cluster().reachable());
        reporting.subscribe(
                key,
                response -> lists.add(
                        response.getDevicesList().stream().map(Device::getId).toList()));
        await().atMost(SOON).until(() -> !lists.isEmpty() && !reporting.views().isEmpty());
        instances();
    }

    @AfterEach
    void close() {
        kubernetes.close();
        reporting.close();
        client.close();
        cluster.close();
    }

    /** Refuses the trial; the mock server would carry a dry run out. */
    private static Optional<MockResponse> guard(RecordedRequest request) {
        return request.getPath().contains("dryRun=All")
                ? Optional.of(MockCluster.answer(
                        422,
                        MockCluster.status(
                                422,
                                "Invalid",
                                "ValidatingAdmissionPolicy 'akri-mqtt-guard' with binding 'akri-mqtt-guard' denied"
                                        + " request: not released on node-a")))
                : Optional.empty();
    }

    /** As Akri's agent makes them. */
    private void instances() {
        var configuration = cluster.create(
                client,
                Kind.CONFIGURATION,
                Objects.CONFIGURATION.replace(
                        "\"serverUrls: tcp://h:1883\"", "\"" + DETAILS.replace("\n", "\\n") + "\""));
        for (var each : reporting.views().getFirst().devices()) {
            var properties = new StringBuilder();
            each.properties()
                    .forEach((name, value) -> properties
                            .append("    ")
                            .append(name)
                            .append(": '")
                            .append(value)
                            .append("'\n"));
            cluster.create(client, Kind.INSTANCE, """
                    apiVersion: akri.sh/v0
                    kind: Instance
                    metadata:
                      name: line-%s
                      namespace: default
                      labels: {akri-mqtt.io/device: %s}
                      ownerReferences: [{apiVersion: akri.sh/v0, kind: Configuration, name: line, uid: %s}]
                    spec:
                      configurationName: line
                      capacity: 1
                      shared: true
                      nodes: [node-a]
                      brokerProperties:
                    %s
                    """.formatted(
                            InstanceHash.of(each.id()),
                            each.id().substring(each.id().length() - 1),
                            configuration.getMetadata().getUid(),
                            properties));
        }
        await().atMost(SOON).until(() -> kubernetes.cluster().instances().size() == 2);
    }

    private Map<String, Boolean> released() {
        return kubernetes.cluster().instances().stream()
                .collect(Collectors.toMap(
                        each -> each.properties().getOrDefault("MQTT_DEVICE_ID", ""),
                        each -> each.annotations().containsKey(RELEASED)));
    }

    @Test
    void a_device_that_goes_is_released_first_and_then_dropped() {
        await().atMost(SOON).until(() -> kubernetes.guard() == Guard.IN_FORCE);
        assertThat(released()).isEqualTo(Map.of("robots/a", false, "robots/b", false));

        devices.tell(true, device("robots/a"), unlisted("robots/b"));

        await().atMost(SOON).until(() -> lists.getLast().equals(List.of("robots/a")));
        await().atMost(SOON).until(() -> released().equals(Map.of("robots/a", false, "robots/b", true)));
        assertThat(kubernetes.actions().counts()).containsEntry(new Tally.Label("release", "done"), 1L);
    }

    @Test
    void while_the_api_server_is_away_it_stays_reported_and_goes_when_it_is_back() {
        await().atMost(SOON).until(() -> kubernetes.guard() == Guard.IN_FORCE);
        cluster.fault(MockCluster.always(503, ""));
        await().atMost(SOON).until(() -> !kubernetes.cluster().reachable());

        devices.tell(true, device("robots/a"), unlisted("robots/b"));
        await().atMost(SOON).until(() -> reporting.views().getFirst().report().held() == 1);
        assertThat(lists).allMatch(each -> each.equals(List.of("robots/a", "robots/b")));

        cluster.fault(ReleaseStoryTest::guard);
        await().atMost(SOON).until(() -> lists.getLast().equals(List.of("robots/a")));
        await().atMost(SOON).until(() -> released().equals(Map.of("robots/a", false, "robots/b", true)));
    }
}
