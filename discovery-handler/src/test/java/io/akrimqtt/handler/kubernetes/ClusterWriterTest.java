package io.akrimqtt.handler.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.caretaker.Action.Correct;
import io.akrimqtt.handler.caretaker.Action.DeleteInstance;
import io.akrimqtt.handler.caretaker.Action.HandSlotOver;
import io.akrimqtt.handler.caretaker.Action.LabelDevice;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.Action.ProbeGuard;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.TakeFinalizersOff;
import io.akrimqtt.handler.caretaker.Action.TakeNodesOff;
import io.akrimqtt.handler.caretaker.Action.TakeReleaseOff;
import io.akrimqtt.handler.caretaker.Action.TouchConfiguration;
import io.akrimqtt.handler.caretaker.Action.TouchInstance;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClusterWriterTest {

    private static final ObjectRef REF = Objects.REF;
    private static final ObjectRef LINE = new ObjectRef("default", "line", "conf-1", "7");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String PATH = "/apis/akri.sh/v0/namespaces/default/instances/line-700c11";
    private static final String MERGE = "application/merge-patch+json";
    private static final String MANAGED = "?fieldManager=akri-mqtt";

    private final MockCluster cluster = MockCluster.start();
    private final KubernetesClient client = cluster.client();
    private final Tally calls = new Tally();
    private final AtomicBoolean allowed = new AtomicBoolean(true);
    private volatile Optional<InstanceState> now =
            Optional.of(Objects.instance(List.of("node-a", "node-b"), List.of("node-a", "node-b")));
    private final ClusterWriter writer = ClusterWriter.start(
            client, uid -> now.filter(each -> each.ref().uid().equals(uid)), allowed::get, () -> NOW, calls);

    @AfterEach
    void close() {
        writer.close();
        client.close();
        cluster.close();
    }

    private Outcome write(Write write) throws Exception {
        var outcome = new CompletableFuture<Outcome>();
        writer.write(write, (_, what) -> outcome.complete(what));
        return outcome.get(60, TimeUnit.SECONDS);
    }

    static Stream<Arguments> writes() {
        return Stream.of(
                Arguments.of(
                        new Release(REF, "node-a", "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1, annotations: {released.akri-mqtt.io/node-a: '2026-01-01T00:00:00Z'}}}"),
                Arguments.of(
                        new TakeReleaseOff(REF, "node-a", "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1, annotations: {released.akri-mqtt.io/node-a: null}}}"),
                Arguments.of(
                        new TouchInstance(REF, "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1, annotations: {akri-mqtt.io/touched: '2026-01-01T00:00:00Z'}}}"),
                Arguments.of(
                        new TouchConfiguration(LINE, "r"),
                        "PATCH",
                        "/apis/akri.sh/v0/namespaces/default/configurations/line" + MANAGED,
                        MERGE,
                        "{metadata: {uid: conf-1, annotations: {akri-mqtt.io/touched: '2026-01-01T00:00:00Z'}}}"),
                Arguments.of(
                        new LabelDevice(REF, "r7", "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1, labels: {akri-mqtt.io/device: r7}}}"),
                Arguments.of(
                        new Correct(REF, Map.of("A", "b"), 3, "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1}, spec: {brokerProperties: {A: b}, capacity: 3}}"),
                Arguments.of(
                        new Correct(REF, Map.of("A", "b"), 0, "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1}, spec: {brokerProperties: {A: b}}}"),
                Arguments.of(
                        new HandSlotOver(REF, "line-700c11-0", "node-b", Map.of("line-700c11-0", "node-b"), "r"),
                        "PATCH",
                        PATH + "?fieldManager=dp-node-b&force=true",
                        "application/apply-patch+yaml",
                        "{apiVersion: akri.sh/v0, kind: Instance, metadata: {name: line-700c11, namespace: default,"
                                + " uid: uid-1, resourceVersion: '42'}, spec: {deviceUsage: {line-700c11-0: node-b}}}"),
                Arguments.of(
                        new DeleteInstance(REF, "r"),
                        "DELETE",
                        PATH,
                        "application/json",
                        "{apiVersion: v1, kind: DeleteOptions, propagationPolicy: Background, preconditions: {uid:"
                                + " uid-1, resourceVersion: '42'}}"),
                Arguments.of(
                        new TakeFinalizersOff(REF, Set.of("node-b"), "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1, resourceVersion: '42', finalizers: [node-a]}}"),
                Arguments.of(
                        new TakeNodesOff(REF, Set.of("node-a"), "r"),
                        "PATCH",
                        PATH + MANAGED,
                        MERGE,
                        "{metadata: {uid: uid-1, resourceVersion: '42'}, spec: {nodes: [node-b]}}"),
                Arguments.of(
                        new ProbeGuard(REF, "node-a", "r"),
                        "PATCH",
                        PATH + MANAGED + "&dryRun=All",
                        MERGE,
                        "{metadata: {uid: uid-1}, spec: {nodes: [node-b]}}"));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void each_write_is_one_call_and_exactly_this(Write write, String verb, String path, String type, String body)
            throws Exception {
        cluster.fault(MockCluster.always(200, "{\"apiVersion\":\"akri.sh/v0\",\"kind\":\"Instance\"}"));

        assertThat(write(write)).isEqualTo(Outcome.DONE);

        assertThat(cluster.requests()).singleElement().satisfies(request -> {
            assertThat(request.getMethod()).isEqualTo(verb);
            assertThat(request.getPath()).isEqualTo(path);
            assertThat(request.getHeader("Content-Type")).isEqualTo(type);
            assertThat(json(request.getUtf8Body())).isEqualTo(json(body));
        });
    }

    private static Object json(String text) {
        return new KubernetesSerialization().unmarshal("---\n" + text, Object.class);
    }

    @Test
    void a_patch_arrives() throws Exception {
        var made = cluster.create(client, Kind.INSTANCE, Objects.INSTANCE);
        var ref = Reading.ref(made);

        assertThat(write(new Release(ref, "node-a", "r"))).isEqualTo(Outcome.DONE);

        var stored = client.genericKubernetesResources(Kind.INSTANCE.context())
                .inNamespace("default")
                .withName("line-700c11")
                .get();
        assertThat(Reading.instance(stored).released()).containsExactlyInAnyOrder("node-a", "node-b");
        assertThat(calls.counts()).containsExactly(Map.entry(new Tally.Label("patch instances", "done"), 1L));
    }

    @Test
    void what_is_to_be_left_cannot_be_told_of_an_instance_that_changed_since() throws Exception {
        now = Optional.of(Objects.instance(List.of("node-a"), List.of()));
        var older = new ObjectRef("default", "line-700c11", "uid-1", "41");

        assertThat(write(new TakeNodesOff(older, Set.of("node-a"), "r"))).isEqualTo(Outcome.CONFLICT);
        assertThat(write(new TakeFinalizersOff(older, Set.of("node-a"), "r"))).isEqualTo(Outcome.CONFLICT);
        assertThat(write(new ProbeGuard(REF, "node-z", "r"))).isEqualTo(Outcome.CONFLICT);
        now = Optional.empty();
        assertThat(write(new TakeNodesOff(REF, Set.of("node-a"), "r"))).isEqualTo(Outcome.CONFLICT);
        assertThat(cluster.requests()).isEmpty();
    }

    @Test
    void a_no_is_told_and_counted_as_what_it_is_and_not_tried_again() throws Exception {
        var policy = "ValidatingAdmissionPolicy 'fence' with binding 'fence' denied request: not yours";
        cluster.fault(MockCluster.always(422, MockCluster.status(422, "Invalid", policy)));
        assertThat(write(new Release(REF, "node-a", "r"))).isEqualTo(Outcome.REFUSED);

        cluster.fault(MockCluster.always(
                403, MockCluster.status(403, "Forbidden", "User \"h\" cannot delete resource \"instances\"")));
        assertThat(write(new DeleteInstance(REF, "r"))).isEqualTo(Outcome.FORBIDDEN);

        cluster.fault(MockCluster.always(409, MockCluster.status(409, "Conflict", "modified")));
        assertThat(write(new DeleteInstance(REF, "r"))).isEqualTo(Outcome.CONFLICT);

        cluster.fault(MockCluster.always(503, ""));
        assertThat(write(new Release(REF, "node-a", "r"))).isEqualTo(Outcome.UNREACHABLE);

        assertThat(cluster.requests()).hasSize(4);
        assertThat(calls.counts())
                .isEqualTo(Map.of(
                        new Tally.Label("delete instances", "conflict"), 1L,
                        new Tally.Label("delete instances", "forbidden"), 1L,
                        new Tally.Label("patch instances", "refused"), 1L,
                        new Tally.Label("patch instances", "unreachable"), 1L));
    }

    @Test
    void nobody_there_is_unreachable() throws Exception {
        cluster.close();

        assertThat(write(new Release(REF, "node-a", "r"))).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void a_process_that_handed_over_writes_nothing() throws Exception {
        allowed.set(false);

        assertThat(write(new Release(REF, "node-a", "r"))).isEqualTo(Outcome.UNREACHABLE);
        assertThat(cluster.requests()).isEmpty();
    }

    @Test
    void a_server_that_asks_for_time_gets_it() throws Exception {
        long begin = System.nanoTime();
        cluster.fault(MockCluster.always(
                429, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":429,\"details\":{\"retryAfterSeconds\":1}}"));
        assertThat(write(new Release(REF, "node-a", "r"))).isEqualTo(Outcome.UNREACHABLE);
        cluster.fault(MockCluster.always(200, "{\"apiVersion\":\"akri.sh/v0\",\"kind\":\"Instance\"}"));

        assertThat(write(new Release(REF, "node-a", "r"))).isEqualTo(Outcome.DONE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void a_full_queue_gives_the_next_write_back_at_once() throws Exception {
        var go = new CountDownLatch(1);
        var reached = new CountDownLatch(1);
        cluster.fault(_ -> {
            reached.countDown();
            try {
                var _ = go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(MockCluster.answer(503, ""));
        });
        var back = new AtomicInteger();
        var outcomes = new ArrayList<Outcome>();
        writer.write(new Release(REF, "node-a", "r"), (_, _) -> back.incrementAndGet());
        assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < ClusterWriter.QUEUE; i++) {
            writer.write(new Release(REF, "node-a", "r"), (_, _) -> back.incrementAndGet());
        }
        assertThat(writer.waiting()).isEqualTo(ClusterWriter.QUEUE);
        assertThat(back).hasValue(0);

        writer.write(new Release(REF, "node-a", "r"), (_, outcome) -> outcomes.add(outcome));

        assertThat(outcomes).containsExactly(Outcome.UNREACHABLE);
        assertThat(calls.counts()).containsEntry(new Tally.Label("queue", "full"), 1L);
        go.countDown();
        await().atMost(Duration.ofSeconds(60)).until(() -> back.get() > 0);
    }
}
