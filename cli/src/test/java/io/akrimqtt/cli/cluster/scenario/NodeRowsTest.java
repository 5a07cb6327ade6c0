package io.akrimqtt.cli.cluster.scenario;

import static io.akrimqtt.cli.cluster.scenario.Lab.eventually;
import static io.akrimqtt.cli.cluster.scenario.Lab.nodes;
import static io.akrimqtt.cli.cluster.scenario.Lab.terminating;
import static io.akrimqtt.cli.cluster.scenario.Lab.usage;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows R16 and R20 to R25 of AC 0.1, without the guard: what several nodes do to one device. */
class NodeRowsTest {

    @Test
    void R16_a_shared_value_that_differs_between_nodes_fails_the_second_node_for_ever() throws Exception {
        try (var lab = Lab.start(2, false)) {
            lab.handler("node-a").list(List.of(ListingHandler.device("lamp", Map.of("K", "a"))));
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));

            lab.handler("node-b").list(List.of(ListingHandler.device("lamp", Map.of("K", "b"))));
            lab.cluster.annotate(Resource.CONFIGURATION, "default", "c");

            eventually(() -> assertThat(lab.told(AgentEvent.WriteRefused.class))
                    .hasSizeGreaterThan(2)
                    .allSatisfy(refused -> assertThat(refused.reason()).contains("Apply failed with 1 conflict")));
            assertThat(nodes(lab.instance("lamp"))).containsExactly("node-a");
        }
    }

    /** Device lamp has a pod on node-a, which drops it once node-b reports it too. */
    private static Lab movedInAHurry() throws Exception {
        var lab = Lab.start(2, false);
        var first = lab.handler("node-a", "lamp");
        var second = lab.handler("node-b");
        lab.configuration();
        eventually(() -> assertThat(lab.running()).hasSize(1));
        eventually(() -> assertThat(second.streams()).isEqualTo(1));
        second.list("lamp");
        eventually(() -> assertThat(nodes(lab.instance("lamp"))).containsExactlyInAnyOrder("node-a", "node-b"));
        eventually(() ->
                assertThat(lab.instance("lamp").at("/metadata/finalizers")).hasSize(2));
        // An agent that believed itself the only one would delete it.
        lab.seenBy("node-a");
        first.list();
        eventually(() -> assertThat(nodes(lab.instance("lamp"))).containsExactly("node-b"));
        eventually(() -> assertThat(lab.pods())
                .singleElement()
                .satisfies(pod -> assertThat(Pods.label(pod, Pods.NODE)).isEqualTo("node-b")));
        return lab;
    }

    @Test
    void R20_R24_a_slot_of_the_old_node_is_never_reclaimed_and_the_new_pod_stays_pending() throws Exception {
        try (var lab = movedInAHurry()) {
            lab.cluster.annotate(Resource.CONFIGURATION, "default", "c");
            lab.cluster.annotate(Resource.INSTANCE, "default", Pods.name(lab.instance("lamp")));
            lab.seenBy("node-a", "node-b");

            assertThat(usage(lab.instance("lamp"))).contains("\"node-a\"");
            assertThat(Pods.phase(lab.pods().getFirst())).isEqualTo("Pending");
        }
    }

    @Test
    void R20_taking_the_key_away_is_not_enough_and_blanking_it_first_is() throws Exception {
        try (var lab = movedInAHurry()) {
            lab.slot("lamp", null);
            eventually(() -> assertThat(usage(lab.instance("lamp"))).isEqualTo("{}"));
            lab.cluster.annotate(Resource.INSTANCE, "default", Pods.name(lab.instance("lamp")));
            lab.seenBy("node-b");
            assertThat(Pods.phase(lab.pods().getFirst())).isEqualTo("Pending");

            lab.slot("lamp", "");
            // The agent sees it free, tries, and is refused while the key is somebody else's.
            eventually(() -> assertThat(lab.cluster.tally().podsFailed()).isPositive());
            lab.slot("lamp", null);

            eventually(() -> assertThat(lab.running()).hasSize(1));
            assertThat(usage(lab.instance("lamp"))).contains("\"node-b\"");
        }
    }

    @Test
    void the_one_write_that_always_worked_hands_the_slot_over() throws Exception {
        try (var lab = movedInAHurry()) {
            handOver(lab, "node-b");

            eventually(() -> assertThat(lab.running()).hasSize(1));
            assertThat(lab.cluster.tally().podsFailed()).isZero();
        }
    }

    private static void handOver(Lab lab, String node) {
        var instance = lab.instance("lamp");
        var patch = JsonNodeFactory.instance.objectNode();
        patch.put("apiVersion", "akri.sh/v0").put("kind", "Instance");
        patch.putObject("metadata").put("name", Pods.name(instance));
        patch.putObject("spec").putObject("deviceUsage").put(Pods.name(instance) + "-0", node);
        lab.cluster
                .store()
                .apply(
                        Resource.INSTANCE,
                        "default",
                        Pods.name(instance),
                        patch,
                        true,
                        new Caller(LocalCluster.HANDLER_USER, "node-b", "dp-" + node, false));
    }

    @Test
    void R21_a_device_that_is_dropped_first_and_reported_elsewhere_when_it_is_gone_moves() throws Exception {
        try (var lab = Lab.start(2, false)) {
            var first = lab.handler("node-a", "lamp");
            var second = lab.handler("node-b");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            eventually(() -> assertThat(second.streams()).isEqualTo(1));

            first.list();
            eventually(() -> assertThat(lab.instances()).isEmpty());
            second.list("lamp");

            // The old pod may run on until the controller hears of the Instance's end.
            eventually(() -> assertThat(lab.pods())
                    .singleElement()
                    .satisfies(pod -> assertThat(Pods.label(pod, Pods.NODE) + Pods.phase(pod))
                            .isEqualTo("node-bRunning")));
            assertThat(usage(lab.instance("lamp"))).contains("\"node-b\"");
        }
    }

    @Test
    void R22_a_lost_nodes_device_cannot_start_elsewhere_until_the_blank_slot_is_taken_away() throws Exception {
        try (var lab = Lab.start(2, false)) {
            var first = lab.handler("node-a", "lamp");
            var second = lab.handler("node-b");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            eventually(() -> assertThat(second.streams()).isEqualTo(1));

            first.close();
            lab.cluster.loseNode("node-a");
            eventually(() -> assertThat(nodes(lab.instance("lamp"))).isEmpty());
            assertThat(lab.instance("lamp").at("/spec/deviceUsage/" + Pods.name(lab.instance("lamp")) + "-0"))
                    .hasToString("\"\"");

            second.list("lamp");
            eventually(() -> assertThat(lab.cluster.tally().podsFailed()).isGreaterThan(5));
            // At times there is none, or a new one that was not refused yet.
            eventually(() -> assertThat(lab.pods().toString()).contains("UnexpectedAdmissionError"));

            lab.slot("lamp", null);
            eventually(() -> assertThat(lab.pods())
                    .anySatisfy(pod -> assertThat(Pods.label(pod, Pods.NODE) + Pods.phase(pod))
                            .isEqualTo("node-bRunning")));
        }
    }

    @Test
    void R23_a_lost_nodes_finalizer_keeps_an_instance_terminating_and_the_device_away() throws Exception {
        try (var lab = Lab.start(2, false)) {
            lab.handler("node-a", "lamp");
            var second = lab.handler("node-b", "lamp");
            lab.configuration();
            eventually(() ->
                    assertThat(lab.instance("lamp").at("/metadata/finalizers")).hasSize(2));
            lab.cluster.loseNode("node-a");
            eventually(() -> assertThat(nodes(lab.instance("lamp"))).containsExactly("node-b"));
            // An agent that believed in another node would only leave it.
            lab.seenBy("node-b");

            second.list();
            eventually(() -> assertThat(terminating(lab.instance("lamp"))).isTrue());
            eventually(() ->
                    assertThat(lab.instance("lamp").at("/metadata/finalizers")).hasToString("[\"node-a\"]"));
            var uid = lab.uids().get("lamp");
            second.list("lamp");
            lab.cluster.annotate(Resource.CONFIGURATION, "default", "c");
            assertThat(lab.uids()).containsEntry("lamp", uid);

            var patch = JsonNodeFactory.instance.objectNode();
            patch.putObject("metadata").putNull("finalizers");
            lab.patch("lamp", patch);
            eventually(() -> assertThat(lab.uids()).doesNotContainValue(uid));
            second.resend();

            eventually(() -> assertThat(lab.uids()).containsOnlyKeys("lamp"));
            eventually(() -> assertThat(lab.pods())
                    .anySatisfy(pod -> assertThat(Pods.label(pod, Pods.NODE) + Pods.phase(pod))
                            .isEqualTo("node-bRunning")));
        }
    }

    @Test
    void R25_two_nodes_that_drop_devices_at_the_same_moment_leave_instances_without_any_node() throws Exception {
        var devices = IntStream.range(0, 12).mapToObj(i -> "d" + i).toArray(String[]::new);
        try (var lab = Lab.start(2, false)) {
            var first = lab.handler("node-a", devices);
            var second = lab.handler("node-b", devices);
            lab.configuration();
            eventually(() -> assertThat(lab.instances().values())
                    .hasSize(12)
                    .allSatisfy(instance -> assertThat(nodes(instance)).hasSize(2)));
            lab.seenBy("node-a", "node-b");

            // The same moment: neither agent sees what the other does.
            try (var _ = lab.blindfold()) {
                first.list();
                second.list();
                eventually(() -> assertThat(lab.instances().values())
                        .hasSize(12)
                        .allSatisfy(instance -> assertThat(nodes(instance)).isEmpty()));
            }

            lab.seenBy("node-a", "node-b");
            assertThat(lab.instances().values())
                    .hasSize(12)
                    .allSatisfy(instance -> assertThat(nodes(instance)).isEmpty());
        }
    }

    @Test
    void a_blip_takes_the_node_off_and_its_agent_does_not_add_it_again_by_itself() throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));

            // It ends when the controller has done its work.
            lab.cluster.blip("node-a", Duration.ofHours(1));
            eventually(() -> assertThat(nodes(lab.instance("lamp"))).isEmpty());
            lab.cluster.returnNode("node-a");
            eventually(() -> assertThat(lab.cluster.ready("node-a")).isTrue());
            lab.seenBy("node-a");
            lab.cluster.awaitQuiet(Duration.ofMillis(500), Duration.ofSeconds(60));
            assertThat(nodes(lab.instance("lamp"))).isEmpty();

            handler.resend();
            eventually(() -> assertThat(nodes(lab.instance("lamp"))).containsExactly("node-a"));
        }
    }
}
