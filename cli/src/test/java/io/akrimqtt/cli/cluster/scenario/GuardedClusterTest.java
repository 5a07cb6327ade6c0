package io.akrimqtt.cli.cluster.scenario;

import static io.akrimqtt.cli.cluster.scenario.Lab.eventually;
import static io.akrimqtt.cli.cluster.scenario.Lab.nodes;
import static io.akrimqtt.cli.cluster.scenario.Lab.usage;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.agent.AgentEvent;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The table of the guard in AC 0.1: what the real parts did with it in place, these do. */
class GuardedClusterTest {

    @Test
    void handler_killed_and_back_keeps_instances_and_pods() throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handlerAt("node-a", "h", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));
            var uids = lab.uids();
            var pods = lab.running();

            handler.close();
            eventually(() -> assertThat(lab.told(AgentEvent.NoHandler.class)).isNotEmpty());
            var back = lab.handlerAt("node-a", "h", "lamp", "door");
            eventually(() -> assertThat(back.streams()).isPositive());
            back.list("lamp", "door", "new");
            eventually(() -> assertThat(lab.running()).hasSize(3));

            assertThat(lab.told(AgentEvent.WriteRefused.class))
                    .isNotEmpty()
                    .allSatisfy(refused -> assertThat(refused.reason()).contains("was not released"));
            assertThat(lab.uids()).containsAllEntriesOf(uids);
            assertThat(lab.running()).containsAll(pods);
        }
    }

    @Test
    void agent_killed_and_back_keeps_instances_and_pods() throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handler("node-a", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));
            lab.atRest();
            var uids = lab.uids();
            var pods = lab.running();
            var before = lab.cluster.tally();

            lab.cluster.killAgent("node-a");
            lab.cluster.startAgent("node-a");
            handler.register();
            eventually(() -> assertThat(lab.allocatable("node-a")).hasSize(3));
            lab.atRest();

            assertThat(lab.uids()).isEqualTo(uids);
            assertThat(lab.running()).isEqualTo(pods);
            assertThat(lab.cluster.tally().since(before).instancesDeleted()).isZero();
        }
    }

    @Test
    void both_killed_at_once_and_back_keep_instances_and_pods() throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handlerAt("node-a", "h", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));
            lab.atRest();
            var uids = lab.uids();
            var pods = lab.running();

            handler.close();
            lab.cluster.killAgent("node-a");
            lab.cluster.startAgent("node-a");
            var back = lab.handlerAt("node-a", "h", "lamp", "door", "new");
            eventually(() -> assertThat(back.streams()).isPositive());
            eventually(() -> assertThat(lab.running()).hasSize(3));

            assertThat(lab.uids()).containsAllEntriesOf(uids);
            assertThat(lab.running()).containsAll(pods);
        }
    }

    @Test
    void an_ended_stream_brings_edited_details_in_and_devices_of_both_lists_keep_their_pods() throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handler("node-a", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));
            lab.atRest();
            var uids = lab.uids();
            var pods = lab.running();

            var edited = Lab.configuration("c");
            edited.withObjectProperty("spec")
                    .withObjectProperty("discoveryHandler")
                    .put("discoveryDetails", "edited");
            lab.cluster.applyConfiguration(edited);
            // Agents are told in order: who complains of the next one has read the edit.
            var next = Lab.configuration("next");
            next.withObjectProperty("spec")
                    .withObjectProperty("discoveryHandler")
                    .put("name", "nobody");
            lab.cluster.applyConfiguration(next);
            eventually(() -> assertThat(lab.told(AgentEvent.NoHandler.class))
                    .extracting(AgentEvent.NoHandler::handler)
                    .contains("nobody"));
            lab.atRest();
            assertThat(handler.requests()).hasSize(1);
            handler.list("lamp", "door", "new");
            eventually(() -> assertThat(lab.running()).hasSize(3));
            handler.endStreams();

            eventually(() -> assertThat(handler.requests()).hasSizeGreaterThan(1));
            assertThat(handler.requests().getLast().getDiscoveryDetails()).isEqualTo("edited");
            eventually(() -> assertThat(lab.told(AgentEvent.WriteRefused.class)).isNotEmpty());
            lab.atRest();
            assertThat(lab.uids()).containsAllEntriesOf(uids);
            assertThat(lab.running()).containsAll(pods).hasSize(3);
        }
    }

    @Test
    void agent_killed_on_one_of_two_nodes_changes_neither_nodes_nor_slots() throws Exception {
        try (var lab = Lab.start(2, true)) {
            lab.handler("node-a", "lamp");
            var second = lab.handler("node-b", "lamp");
            var two = Lab.configuration("c");
            two.withObjectProperty("spec").put("capacity", 2);
            lab.cluster.applyConfiguration(two);
            eventually(() -> assertThat(lab.running()).hasSize(2));
            lab.atRest();
            var before = lab.instance("lamp");

            lab.cluster.killAgent("node-b");
            lab.cluster.startAgent("node-b");
            second.register();
            eventually(() -> assertThat(second.requests()).hasSize(2));
            eventually(() -> assertThat(lab.told(AgentEvent.WriteRefused.class)).isNotEmpty());
            lab.atRest();

            var after = lab.instance("lamp");
            assertThat(nodes(after)).containsExactlyElementsOf(nodes(before));
            assertThat(usage(after)).isEqualTo(usage(before));
            assertThat(lab.running()).hasSize(2);
        }
    }

    @Test
    void agent_killed_with_200_instances_settles_with_one_failed_reconcile() throws Exception {
        try (var lab = Lab.start(1, true, 0.001, options -> options)) {
            var devices = IntStream.range(0, 200).mapToObj(i -> "d" + i).toArray(String[]::new);
            var handler = lab.handler("node-a", devices);
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(200));
            lab.atRest();
            var uids = lab.uids();
            var pods = lab.running();

            lab.cluster.killAgent("node-a");
            lab.cluster.startAgent("node-a");
            handler.register();
            eventually(() -> assertThat(lab.told(AgentEvent.WriteRefused.class)).isNotEmpty());
            lab.atRest();

            assertThat(lab.uids()).isEqualTo(uids);
            assertThat(lab.running()).isEqualTo(pods);
        }
    }

    @Test
    void a_device_that_was_released_is_deleted_as_usual() throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handler("node-a", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));

            lab.release("door", "node-a");
            handler.list("lamp");

            eventually(() -> assertThat(lab.instances()).containsOnlyKeys("lamp"));
            eventually(() -> assertThat(lab.pods()).hasSize(1));
        }
    }

    @Test
    void a_device_that_was_dropped_unreleased_stays_and_keeps_new_ones_waiting() throws Exception {
        try (var lab = Lab.start(1, true)) {
            var handler = lab.handler("node-a", "lamp", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));

            handler.list("lamp", "new");
            eventually(() -> assertThat(lab.told(AgentEvent.WriteRefused.class)).hasSizeGreaterThan(2));
            assertThat(lab.instances()).containsOnlyKeys("lamp", "door");

            lab.release("door", "node-a");
            eventually(() -> assertThat(lab.instances()).containsOnlyKeys("lamp", "new"));
        }
    }

    @Test
    void a_deleted_configuration_takes_its_instances_with_it() throws Exception {
        try (var lab = Lab.start(2, true)) {
            lab.handler("node-a", "lamp");
            lab.handler("node-b", "door");
            lab.configuration();
            eventually(() -> assertThat(lab.running()).hasSize(2));

            lab.cluster.deleteConfiguration("default", "c");

            eventually(() -> assertThat(lab.instances()).isEmpty());
            eventually(() -> assertThat(lab.pods()).isEmpty());
        }
    }
}
