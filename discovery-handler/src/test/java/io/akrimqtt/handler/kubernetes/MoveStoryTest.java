package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.api.PlacementService;
import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.kubernetes.KubernetesSettings.Access;
import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.handler.placement.Rendezvous;
import io.akrimqtt.handler.report.DeviceProperties;
import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Samples;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.discovery.v1.MoveDeviceRequest;
import io.akrimqtt.proto.discovery.v1.MoveProgress;
import io.akrimqtt.proto.discovery.v1.MoveState;
import io.akrimqtt.proto.discovery.v1.PlacementGrpc;
import io.akrimqtt.serving.MonotonicClock;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that somebody moves, from the call to the API server and back: the real caretaker with real hands. */
class MoveStoryTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DETAILS =
            "serverUrls: tcp://h\ntopics: robots/+/joints\npresence: {offlineGrace: 100ms}\n";

    private final DiscoveryDetails details = Samples.details(DETAILS);
    /** One that would fall to the other node. */
    private final String device = IntStream.range(0, 100)
            .mapToObj(i -> "robots/r" + i)
            .filter(id -> Rendezvous.winner(id, List.of("node-a", "node-c")).equals("node-c"))
            .findFirst()
            .orElseThrow();

    private final MockCluster cluster = MockCluster.start();
    private final KubernetesClient client = cluster.client();
    private final MonotonicClock clock = MonotonicClock.start(InstantSource.system());
    private final FakeWatch devices = FakeWatch.settled(Samples.device(device));
    private final Reporting reporting = Reporting.start((_, _) -> devices, ReportTimes.DEFAULT, clock);
    private final List<List<String>> lists = new CopyOnWriteArrayList<>();
    private final List<MoveProgress> progress = new CopyOnWriteArrayList<>();
    private final String name = "story-" + System.identityHashCode(this);
    private final ManagedChannel channel = InProcessChannelBuilder.forName(name).build();

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Kubernetes kubernetes;

    @SuppressWarnings("NullAway.Init") // Set before each.
    private Server server;

    private String uid = "";

    @BeforeEach
    void start() throws IOException {
        cluster.fault(MoveStoryTest::guard);
        for (var node : List.of("node-a", "node-c")) {
            cluster.create(client, Kind.NODE, Objects.NODE.replace("NAME", node).replace("READY", "True"));
        }
        cluster.create(client, Kind.ENDPOINT_SLICE, Objects.SLICE);
        uid = cluster.create(
                        client,
                        Kind.CONFIGURATION,
                        Objects.CONFIGURATION.replace(
                                "\"serverUrls: tcp://h:1883\"", "\"" + DETAILS.replace("\n", "\\n") + "\""))
                .getMetadata()
                .getUid();
        instance("node-a");
        kubernetes = Kubernetes.start(
                cluster.client(),
                new KubernetesSettings(
                        new Access.None("the client is given"),
                        "akri",
                        "handlers",
                        Placement.ONE_NODE,
                        Duration.ofMinutes(5),
                        ""),
                new Kubernetes.Who("node-a", "mqtt"),
                reporting,
                new Kubernetes.Tie(() -> Optional.of(clock.instant()), () -> true),
                new Kubernetes.Clocks(clock, InstantSource.system()),
                ClusterWatchTest.QUICK,
                new Random(7));
        server = InProcessServerBuilder.forName(name)
                .addService(new PlacementService(reporting, kubernetes, clock))
                .build()
                .start();
        await().atMost(SOON).until(() -> kubernetes.cluster().reachable());
        reporting.subscribe(
                Samples.key(details),
                response -> lists.add(
                        response.getDevicesList().stream().map(Device::getId).toList()));
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
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

    /** As Akri's agent of a node makes it. */
    private void instance(String node) {
        var properties = new StringBuilder();
        DeviceProperties.of(details, Samples.device(device))
                .forEach((key, value) -> properties
                        .append("    ")
                        .append(key)
                        .append(": '")
                        .append(value)
                        .append("'\n"));
        cluster.create(client, Kind.INSTANCE, """
                apiVersion: akri.sh/v0
                kind: Instance
                metadata:
                  name: %s
                  namespace: default
                  labels: {akri-mqtt.io/device: x}
                  ownerReferences: [{apiVersion: akri.sh/v0, kind: Configuration, name: line, uid: %s}]
                spec:
                  configurationName: line
                  capacity: 1
                  shared: true
                  nodes: [%s]
                  brokerProperties:
                %s
                """.formatted("line-" + InstanceHash.of(device), uid, node, properties));
    }

    private void move() {
        PlacementGrpc.newStub(channel)
                .moveDevice(MoveDeviceRequest.newBuilder().setDevice(device).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(MoveProgress next) {
                        progress.add(next);
                    }

                    @Override
                    public void onError(Throwable t) {
                        progress.add(
                                MoveProgress.newBuilder().setText(t.toString()).build());
                    }

                    @Override
                    public void onCompleted() {}
                });
    }

    private void until(MoveState state) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(progress)
                        .isNotEmpty()
                        .last()
                        .extracting(MoveProgress::getState)
                        .isEqualTo(state));
    }

    @Test
    void it_is_released_and_dropped_and_reported_by_the_node_that_it_falls_to() {
        await().atMost(SOON).untilAsserted(() -> assertThat(lists).isNotEmpty().endsWith(List.of(device)));
        await().atMost(SOON).until(() -> kubernetes.guard() == Guard.IN_FORCE);

        move();
        until(MoveState.MOVE_STATE_RELEASED);
        await().atMost(SOON).untilAsserted(() -> assertThat(lists).endsWith(List.of()));
        var agents = client.genericKubernetesResources(Kind.INSTANCE.context());
        agents.inNamespace("default")
                .withName("line-" + InstanceHash.of(device))
                .delete();
        until(MoveState.MOVE_STATE_LEFT);
        instance("node-c");
        until(MoveState.MOVE_STATE_ARRIVED);

        assertThat(progress.getLast().getNode()).isEqualTo("node-c");
        assertThat(lists).as("not reported here again").endsWith(List.of());
    }
}
