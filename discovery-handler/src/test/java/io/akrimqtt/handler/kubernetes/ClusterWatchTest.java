package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.NodeState;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterWatchTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    static final WatchTimes QUICK = new WatchTimes(
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMillis(500),
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(100),
            Duration.ofMillis(10),
            500);

    private final MockCluster cluster = MockCluster.start();
    private final KubernetesClient client = cluster.client();
    private final AtomicInteger told = new AtomicInteger();
    private ClusterWatch watch = watch("handlers");

    private ClusterWatch watch(String service) {
        return ClusterWatch.start(
                client, new ClusterWatch.Watched("node-a", "mqtt", "akri", service), QUICK, new Random(7));
    }

    @BeforeEach
    void listen() {
        watch.onChange(told::incrementAndGet);
    }

    @AfterEach
    void close() {
        watch.close();
        client.close();
        cluster.close();
    }

    private ClusterState state() {
        return watch.current();
    }

    private void awaitReachable(boolean reachable) {
        await().atMost(SOON).until(() -> state().reachable() == reachable);
    }

    private void node(String name, String ready) {
        cluster.create(client, Kind.NODE, Objects.NODE.replace("NAME", name).replace("READY", ready));
    }

    @Test
    void an_empty_cluster_is_reachable_once_all_is_listed() {
        awaitReachable(true);

        assertThat(state()).isEqualTo(new ClusterState(true, List.of(), List.of(), List.of()));
        await().atMost(SOON).until(() -> watch.problem().isEmpty());
    }

    @Test
    void what_comes_changes_and_goes_is_seen_and_told() {
        awaitReachable(true);
        cluster.create(client, Kind.CONFIGURATION, Objects.CONFIGURATION);
        var made = cluster.create(client, Kind.INSTANCE, Objects.INSTANCE);
        await().atMost(SOON)
                .until(() -> state().instances().size() == 1
                        && state().configurations().size() == 1);
        assertThat(state().instances())
                .first()
                .extracting(InstanceState::marked)
                .isEqualTo(true);
        assertThat(state().configurations())
                .first()
                .extracting(ConfigurationState::handler)
                .isEqualTo("mqtt");
        int before = told.get();

        made.getMetadata().getAnnotations().put("released.akri-mqtt.io/node-a", "now");
        made.getMetadata().getFinalizers().clear();
        client.genericKubernetesResources(Kind.INSTANCE.context())
                .inNamespace("default")
                .resource(made)
                .update();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(state().instances().getFirst().released())
                        .containsExactlyInAnyOrder("node-a", "node-b"));
        await().atMost(SOON).until(() -> told.get() > before);

        client.genericKubernetesResources(Kind.INSTANCE.context())
                .inNamespace("default")
                .withName("line-700c11")
                .delete();
        await().atMost(SOON).until(() -> state().instances().isEmpty());
    }

    @Test
    void a_node_has_a_handler_where_our_service_has_a_ready_endpoint() {
        node("node-a", "True");
        node("node-b", "True");
        node("node-c", "Unknown");
        cluster.create(client, Kind.ENDPOINT_SLICE, Objects.SLICE);
        cluster.create(
                client,
                Kind.ENDPOINT_SLICE,
                Objects.SLICE
                        .replace("handlers-1", "others-1")
                        .replace(": handlers}", ": others}")
                        .replace("node-c", "node-b"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(state().nodes())
                        .containsExactlyInAnyOrder(
                                new NodeState("node-a", true, true, Set.of("akri.sh/line-700c11")),
                                new NodeState("node-b", true, false, Set.of()),
                                new NodeState("node-c", false, true, Set.of())));
    }

    @Test
    void a_malformed_object_is_left_out_and_harms_no_other() {
        awaitReachable(true);
        cluster.create(client, Kind.INSTANCE, Objects.INSTANCE.replace("nodes: [node-a, node-b]", "nodes: seven"));
        cluster.create(client, Kind.INSTANCE, Objects.INSTANCE.replace("line-700c11", "line-222222"));

        await().atMost(SOON).until(() -> state().instances().size() == 1);
        assertThat(state().instances().getFirst().hash()).isEqualTo("222222");
        assertThat(state().reachable()).isTrue();
    }

    @Test
    void an_api_server_that_is_away_leaves_what_was_seen_and_is_told_until_it_is_back() {
        cluster.create(client, Kind.INSTANCE, Objects.INSTANCE);
        await().atMost(SOON)
                .until(() -> state().reachable() && state().instances().size() == 1);

        cluster.fault(MockCluster.always(500, MockCluster.status(500, "InternalError", "etcd is away")));
        awaitReachable(false);
        assertThat(state().instances()).hasSize(1);
        await().atMost(SOON).untilAsserted(() -> assertThat(watch.problem()).contains("500 etcd is away"));

        cluster.mend();
        awaitReachable(true);
        await().atMost(SOON).until(() -> watch.problem().isEmpty());
        assertThat(state().instances()).hasSize(1);
    }

    @Test
    void what_went_while_it_was_away_is_gone_when_it_is_back() {
        cluster.create(
                client, Kind.INSTANCE, Objects.INSTANCE.replace("finalizers: [node-a, node-b]", "finalizers: []"));
        await().atMost(SOON)
                .until(() -> state().reachable() && state().instances().size() == 1);

        cluster.fault(request ->
                request.getMethod().equals("GET") ? Optional.of(MockCluster.answer(503, "")) : Optional.empty());
        awaitReachable(false);
        client.genericKubernetesResources(Kind.INSTANCE.context())
                .inNamespace("default")
                .withName("line-700c11")
                .delete();
        cluster.mend();

        awaitReachable(true);
        await().atMost(SOON).until(() -> state().instances().isEmpty());
    }

    @Test
    void a_missing_right_is_told_and_what_is_allowed_is_still_seen() {
        cluster.fault(request -> request.getPath().contains("/nodes")
                ? Optional.of(MockCluster.answer(
                        403,
                        MockCluster.status(
                                403,
                                "Forbidden",
                                "nodes is forbidden: User \"h\" cannot list resource \"nodes\" at the cluster scope")))
                : Optional.empty());
        watch.close();
        watch = watch("handlers");
        cluster.create(client, Kind.INSTANCE, Objects.INSTANCE);

        await().atMost(SOON).until(() -> state().instances().size() == 1);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(watch.problem())
                        .contains("403 nodes is forbidden: User \"h\" cannot list resource \"nodes\" at the cluster"
                                + " scope"));
        assertThat(state().reachable()).isFalse();
    }

    @Test
    void without_a_service_no_endpoints_are_asked_for() {
        try (var other = MockCluster.start();
                var unnamed = other.client();
                var alone = ClusterWatch.start(
                        unnamed, new ClusterWatch.Watched("node-a", "mqtt", "akri", ""), QUICK, new Random(7))) {
            await().atMost(SOON).until(() -> alone.current().reachable());

            assertThat(other.requests()).noneMatch(each -> each.getPath().contains("endpointslices"));
        }
    }
}
