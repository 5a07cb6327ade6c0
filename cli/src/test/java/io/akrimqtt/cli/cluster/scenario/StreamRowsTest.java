package io.akrimqtt.cli.cluster.scenario;

import static io.akrimqtt.cli.cluster.scenario.Lab.eventually;
import static io.akrimqtt.cli.cluster.scenario.Lab.terminating;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.agent.AgentEvent;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.node.Pods;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows R3 to R15 of AC 0.1, without the guard: what streams, registrations and lists do to Instances and pods. */
class StreamRowsTest {

    private static String[] devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> "d" + i).toArray(String[]::new);
    }

    @Test
    void R3_two_devices_become_instances_and_pods_of_akris_names() throws Exception {
        try (var lab = Lab.start(1, false)) {
            lab.handler("node-a", "lamp", "door");
            lab.configuration();

            eventually(() -> assertThat(lab.running()).hasSize(2));
            var instance = lab.instance("lamp");
            var pod = lab.cluster.store().get(Resource.POD, "default", "node-a-" + Pods.name(instance) + "-pod");
            assertThat(Pods.label(pod, Pods.INSTANCE)).isEqualTo(Pods.name(instance));
            assertThat(Pods.label(pod, Pods.CONFIGURATION)).isEqualTo("c");
            assertThat(pod.at("/metadata/ownerReferences/0/uid").asText()).isEqualTo(Pods.uid(instance));
            assertThat(instance.at("/metadata/finalizers/0").asText()).isEqualTo("node-a");
            eventually(() ->
                    assertThat(lab.allocatable("node-a")).contains("akri.sh/c", "akri.sh/" + Pods.name(instance)));
        }
    }

    @Test
    void R4_a_handler_that_is_killed_leaves_everything_and_the_agent_waits_twice_as_long_each_time() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));
            var pods = lab.running();

            handler.close();

            eventually(() -> assertThat(lab.told(AgentEvent.NoHandler.class)).hasSizeGreaterThan(3));
            assertThat(lab.told(AgentEvent.BackOff.class))
                    .extracting(AgentEvent.BackOff::delay)
                    .startsWith(Duration.ofMillis(20), Duration.ofMillis(40), Duration.ofMillis(80));
            assertThat(lab.running()).isEqualTo(pods);
        }
    }

    @Test
    void R5_a_registration_does_not_end_the_back_off_and_an_annotation_does() throws Exception {
        try (var lab = Lab.start(1, false)) {
            lab.configuration();
            eventually(() -> assertThat(lab.told(AgentEvent.BackOff.class)).hasSizeGreaterThan(7));

            var handler = lab.handler("node-a", "lamp");
            int waits = lab.told(AgentEvent.BackOff.class).size();
            lab.cluster.annotate(Resource.CONFIGURATION, "default", "c");

            eventually(() -> assertThat(handler.requests()).hasSize(1));
            assertThat(lab.told(AgentEvent.BackOff.class)).hasSize(waits);
        }
    }

    @Test
    void R6_a_fresh_request_deletes_every_instance_and_restarts_every_pod() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));
            lab.atRest();
            var uids = lab.uids();
            var pods = lab.running();

            handler.endStreams();

            eventually(() -> assertThat(lab.cluster.tally().instancesDeleted()).isEqualTo(2));
            handler.list("lamp", "door");
            eventually(() -> assertThat(lab.running()).hasSize(2).doesNotContainAnyElementsOf(pods));
            assertThat(lab.uids().values()).doesNotContainAnyElementsOf(uids.values());
        }
    }

    @Test
    void R7_R8_a_list_that_meets_terminating_instances_is_lost_until_it_is_sent_again() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", devices(10));
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(10));
            lab.atRest();

            // With many devices Akri's own finalizers wait in its plugins' queue; this one waits for as long as the
            // test does.
            lab.finalizers(devices(10), "node-a", "test.akri-mqtt.io/slow");
            handler.endStreams();
            eventually(() -> assertThat(lab.instances().values())
                    .hasSize(10)
                    .allSatisfy(instance -> assertThat(terminating(instance)).isTrue()));
            eventually(() -> assertThat(handler.requests()).hasSize(2));

            // Whoever has the new one's Instance has read the list.
            handler.list(devices(11));
            eventually(() -> assertThat(lab.instances()).containsKey("d10"));
            lab.finalizers(devices(10));

            eventually(() -> assertThat(lab.instances()).containsOnlyKeys("d10"));
            lab.atRest();
            assertThat(lab.instances()).containsOnlyKeys("d10");
            assertThat(handler.streams()).isEqualTo(1);

            handler.resend();
            eventually(() -> assertThat(lab.instances()).hasSize(11));
        }
    }

    @Test
    void R9_the_nth_pod_of_a_node_comes_n_seconds_late() throws Exception {
        try (var lab = Lab.start(1, false, 0.05, options -> options)) {
            lab.handler("node-a", devices(20));
            long from = System.nanoTime();
            lab.configuration();

            eventually(() -> assertThat(lab.running()).hasSize(20));
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(900));
        }
    }

    @Test
    void R10_the_end_of_one_of_three_streams_deletes_nothing() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            handler.register();
            eventually(() -> assertThat(handler.streams()).isEqualTo(2));
            handler.register();
            eventually(() -> assertThat(handler.streams()).isEqualTo(3));

            handler.endOldestStream();

            eventually(() -> assertThat(lab.told(AgentEvent.StreamEnded.class)).hasSize(1));
            lab.atRest();
            assertThat(lab.cluster.tally().instancesDeleted()).isZero();
            assertThat(handler.requests()).hasSize(3);
        }
    }

    @Test
    void R11_of_two_handlers_one_may_die_and_come_back_at_once() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var first = lab.handlerAt("node-a", "one", "lamp");
            var second = lab.handlerAt("node-a", "two", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));
            eventually(() -> assertThat(second.streams()).isEqualTo(1));

            first.close();
            eventually(() -> assertThat(lab.told(AgentEvent.StreamEnded.class)).hasSize(1));
            var back = lab.handlerAt("node-a", "one", "lamp");

            eventually(() -> assertThat(back.streams()).isEqualTo(1));
            assertThat(lab.told(AgentEvent.BackOff.class)).isEmpty();
            assertThat(lab.cluster.tally().instancesDeleted()).isZero();
        }
    }

    @Test
    void R13_a_list_of_more_than_four_mebibytes_loses_everything_and_is_asked_for_in_a_loop() throws Exception {
        try (var lab = Lab.start(1, false)) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(1));

            handler.list(List.of(ListingHandler.device("big", Map.of("K", "x".repeat(4_502_095)))));

            eventually(() -> assertThat(lab.instances()).isEmpty());
            eventually(() -> assertThat(handler.requests()).hasSizeGreaterThan(10));
            assertThat(lab.told(AgentEvent.StreamEnded.class).getFirst().reason())
                    .startsWith("OUT_OF_RANGE");
            handler.list();
        }
    }

    @Test
    void R14_two_ids_of_one_name_are_one_instance_and_the_later_one_wins() throws Exception {
        try (var lab = Lab.start(1, false)) {
            lab.handler("node-a", "device-06523", "device-07340");
            lab.configuration();

            // Whenever the agent settles it writes both, one after the other.
            eventually(() -> {
                var instances = lab.instances();
                assertThat(instances).containsOnlyKeys("device-07340");
                assertThat(instances.values()).extracting(Pods::name).containsExactly("c-700c11");
            });
        }
    }

    @Test
    void R15_a_later_property_is_in_the_instance_and_in_no_pod_not_even_a_new_one() throws Exception {
        var runtime = new RecordedPods();
        try (var lab = Lab.start(1, false, Lab.SCALE, options -> options.withRuntime(runtime))) {
            var handler = lab.handler("node-a", "lamp");
            lab.configuration();
            eventually(() -> assertThat(runtime.started()).hasSize(1));

            handler.list(List.of(ListingHandler.device("lamp", Map.of("COLOUR", "red"))));
            eventually(() -> assertThat(lab.instance("lamp")
                            .at("/spec/brokerProperties/COLOUR")
                            .asText())
                    .isEqualTo("red"));
            lab.deletePods();

            eventually(() -> assertThat(runtime.started()).hasSize(2));
            assertThat(runtime.started())
                    .allSatisfy(instance -> assertThat(instance.environment())
                            .containsEntry("MQTT_DEVICE_ID", "lamp")
                            .doesNotContainKey("COLOUR"));
        }
    }
}
