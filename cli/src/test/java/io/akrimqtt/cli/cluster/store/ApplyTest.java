package io.akrimqtt.cli.cluster.store;

import static io.akrimqtt.cli.cluster.store.Instances.NS;
import static io.akrimqtt.cli.cluster.store.Instances.applied;
import static io.akrimqtt.cli.cluster.store.Instances.json;
import static io.akrimqtt.cli.cluster.store.Instances.manager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Resource;
import org.junit.jupiter.api.Test;

class ApplyTest extends StoreStory {

    private ObjectNode apply(String manager, ObjectNode object) {
        return store.apply(Resource.INSTANCE, NS, "mqtt-1", object, false, manager(manager));
    }

    private ObjectNode force(String manager, ObjectNode object) {
        return store.apply(Resource.INSTANCE, NS, "mqtt-1", object, true, manager(manager));
    }

    private ObjectNode patch(String manager, String patch) {
        return store.mergePatch(Resource.INSTANCE, NS, "mqtt-1", json(patch), manager(manager));
    }

    @Test
    void makes_the_object_and_says_who_owns_what() {
        var made = apply("node-a", applied("node-a", "t"));

        assertThat(made.at("/metadata/uid").asText()).hasSize(36);
        assertThat(made.at("/metadata/generation").asLong()).isEqualTo(1);
        assertThat(made.at("/metadata/creationTimestamp").asText()).isEqualTo("2026-11-21T08:00:00Z");
        var entry = made.at("/metadata/managedFields/0");
        assertThat(entry.path("manager").asText()).isEqualTo("node-a");
        assertThat(entry.path("operation").asText()).isEqualTo("Apply");
        assertThat(entry.at("/fieldsV1/f:spec/f:nodes").properties())
                .extracting(field -> field.getKey())
                .containsExactly("v:\"node-a\"");
        assertThat(entry.at("/fieldsV1/f:spec/f:brokerProperties").has("f:TOPIC"))
                .isTrue();
        assertThat(entry.at("/fieldsV1/f:spec").has("f:deviceUsage")).isFalse();
        assertThat(made.at("/spec/deviceUsage").isObject()).isTrue();
    }

    @Test
    void two_nodes_merge_into_one_set_and_each_takes_only_itself_off() {
        apply("node-a", applied("node-a", "t"));
        var both = apply("node-b", applied("node-b", "t"));
        var nobody = applied("", "t");
        nobody.withObject("/spec").putArray("nodes");
        var onlyB = apply("node-a", nobody);
        var none = apply("node-b", nobody);

        assertThat(both.at("/spec/nodes").toString()).isEqualTo("[\"node-a\",\"node-b\"]");
        assertThat(onlyB.at("/spec/nodes").toString()).isEqualTo("[\"node-b\"]");
        assertThat(onlyB.at("/spec/brokerProperties/TOPIC").asText()).isEqualTo("t");
        assertThat(none.at("/spec/nodes").toString()).isEqualTo("[]");
    }

    @Test
    void another_value_of_a_co_owned_field_is_a_conflict_that_names_field_and_manager() {
        apply("node-a", applied("node-a", "t"));

        assertThatThrownBy(() -> apply("node-b", applied("node-b", "other")))
                .isInstanceOf(ApiException.class)
                .hasMessage("Apply failed with 1 conflict: conflict with \"node-a\": .spec.brokerProperties.TOPIC")
                .satisfies(e -> assertThat(((ApiException) e).code()).isEqualTo(409));
        assertThat(store.get(Resource.INSTANCE, NS, "mqtt-1").at("/spec/nodes")).hasSize(1);
    }

    @Test
    void a_field_that_its_only_owner_changes_is_no_conflict_but_one_that_two_own_is() {
        apply("node-a", applied("node-a", "t"));
        apply("node-a", applied("node-a", "u"));
        apply("node-b", applied("node-b", "u"));

        assertThatThrownBy(() -> apply("node-a", applied("node-a", "v"))).hasMessageContaining("\"node-b\"");
    }

    @Test
    void several_conflicts_are_listed_by_manager() {
        apply("node-a", applied("node-a", "t"));
        apply("node-b", applied("node-b", "t"));
        var other = applied("node-c", "x");
        other.withObject("/spec").put("capacity", 2);

        assertThatThrownBy(() -> apply("node-c", other)).hasMessage("""
                Apply failed with 4 conflicts: conflicts with "node-a":
                - .spec.brokerProperties.TOPIC
                - .spec.capacity
                conflicts with "node-b":
                - .spec.brokerProperties.TOPIC
                - .spec.capacity""");
    }

    @Test
    void force_takes_ownership_so_that_the_former_owner_conflicts() {
        apply("node-a", applied("node-a", "t"));
        force("node-b", applied("node-b", "other"));

        assertThatThrownBy(() -> apply("node-a", applied("node-a", "t"))).hasMessageContaining("\"node-b\"");
    }

    @Test
    void a_key_that_its_manager_drops_goes_unless_somebody_else_owns_it() {
        apply("node-a", applied("node-a", "t"));
        apply("dp-a", json("{'spec': {'deviceUsage': {'s-0': 'node-a', 's-1': 'node-a'}}}"));
        apply("dp-b", json("{'spec': {'deviceUsage': {'s-1': 'node-a'}}}"));

        var after = apply("dp-a", json("{'spec': {'deviceUsage': {}}}"));

        assertThat(after.at("/spec/deviceUsage").toString()).isEqualTo("{\"s-1\":\"node-a\"}");
    }

    @Test
    void a_slot_of_another_manager_stays_when_the_agent_applies_without_slots() {
        apply("node-a", applied("node-a", "t"));
        apply("dp-a", json("{'spec': {'deviceUsage': {'s-0': 'node-a'}}}"));

        var after = apply("node-a", applied("node-a", "t"));

        assertThat(after.at("/spec/deviceUsage/s-0").asText()).isEqualTo("node-a");
    }

    @Test
    void a_merge_patch_takes_ownership_of_what_it_changes_and_only_of_that() {
        apply("node-a", applied("node-a", "t"));
        apply("dp-a", json("{'spec': {'deviceUsage': {'s-0': 'node-a', 's-1': 'node-a'}}}"));

        patch("", "{'spec': {'deviceUsage': {'s-0': '', 's-1': 'node-a'}}}");

        assertThatThrownBy(() -> apply("dp-b", json("{'spec': {'deviceUsage': {'s-0': 'node-b'}}}")))
                .hasMessage("Apply failed with 1 conflict: conflict with \"unknown\" using akri.sh/v0: "
                        + ".spec.deviceUsage.s-0");
        assertThatThrownBy(() -> apply("dp-b", json("{'spec': {'deviceUsage': {'s-1': 'node-b'}}}")))
                .hasMessageContaining("conflict with \"dp-a\"");
    }

    @Test
    void a_key_that_a_patch_removed_has_no_owner_and_may_be_claimed() {
        apply("node-a", applied("node-a", "t"));
        apply("dp-a", json("{'spec': {'deviceUsage': {'s-0': 'node-a'}}}"));
        patch("", "{'spec': {'deviceUsage': {'s-0': null}}}");

        var after = apply("dp-b", json("{'spec': {'deviceUsage': {'s-0': 'node-b'}}}"));

        assertThat(after.at("/spec/deviceUsage/s-0").asText()).isEqualTo("node-b");
    }

    @Test
    void a_patched_value_that_is_put_back_still_conflicts_only_where_it_differs() {
        apply("node-a", applied("node-a", "t"));
        patch("kubectl-edit", "{'spec': {'brokerProperties': {'TOPIC': 'edited'}}}");
        assertThatThrownBy(() -> apply("node-a", applied("node-a", "t"))).hasMessageContaining("kubectl-edit");

        patch("mqtt", "{'spec': {'brokerProperties': {'TOPIC': 't'}}}");

        assertThat(apply("node-a", applied("node-a", "t"))
                        .at("/spec/brokerProperties/TOPIC")
                        .asText())
                .isEqualTo("t");
    }

    @Test
    void the_same_apply_again_changes_nothing_not_even_the_version() {
        var first = apply("node-a", applied("node-a", "t"));

        assertThat(apply("node-a", applied("node-a", "t"))).isEqualTo(first);
        apply("dp-a", json("{'spec': {'deviceUsage': {'s-0': 'node-a'}}}"));
        var settled = apply("node-a", applied("node-a", "t"));
        assertThat(apply("node-a", applied("node-a", "t"))).isEqualTo(settled);
    }

    @Test
    void the_generation_grows_with_the_spec_alone() {
        apply("node-a", applied("node-a", "t"));
        var annotated = patch("x", "{'metadata': {'annotations': {'k': 'v'}}}");
        var changed = patch("x", "{'spec': {'deviceUsage': {'s-0': ''}}}");

        assertThat(annotated.at("/metadata/generation").asLong()).isEqualTo(1);
        assertThat(changed.at("/metadata/generation").asLong()).isEqualTo(2);
    }

    @Test
    void annotations_and_labels_are_merged_key_by_key() {
        apply("node-a", applied("node-a", "t"));
        apply("one", json("{'metadata': {'annotations': {'a': '1'}, 'labels': {'l': '1'}}}"));
        apply("two", json("{'metadata': {'annotations': {'b': '2'}}}"));

        var after = apply("one", json("{'metadata': {'annotations': {}}}"));

        assertThat(after.at("/metadata/annotations").toString()).isEqualTo("{\"b\":\"2\"}");
        assertThat(after.path("metadata").has("labels")).isFalse();
    }

    @Test
    void owner_references_are_told_apart_by_uid() {
        apply("node-a", applied("node-a", "t"));
        var owner = "{'apiVersion': 'v1', 'kind': 'Secret', 'name': '%s', 'uid': '%s'}";
        apply("one", json("{'metadata': {'ownerReferences': [" + owner.formatted("a", "u1") + "]}}"));
        apply("two", json("{'metadata': {'ownerReferences': [" + owner.formatted("b", "u2") + "]}}"));

        var after = apply("one", json("{'metadata': {'ownerReferences': []}}"));

        assertThat(after.at("/metadata/ownerReferences")).hasSize(1);
        assertThat(after.at("/metadata/ownerReferences/0/name").asText()).isEqualTo("b");
    }

    @Test
    void a_resource_version_in_it_is_a_precondition() {
        var made = apply("node-a", applied("node-a", "t"));
        var slot = json("{'spec': {'deviceUsage': {'s-0': 'node-b'}}}");
        slot.putObject("metadata")
                .put("resourceVersion", made.at("/metadata/resourceVersion").asText());
        patch("x", "{'metadata': {'annotations': {'k': 'v'}}}");

        assertThatThrownBy(() -> force("dp-b", slot)).hasMessageContaining("the object has been modified");
    }

    @Test
    void needs_a_field_manager_and_the_fields_that_the_kind_requires() {
        assertThatThrownBy(() -> apply("", applied("node-a", "t"))).hasMessageContaining("fieldManager");
        assertThatThrownBy(() -> apply("dp-a", json("{'spec': {'deviceUsage': {'s-0': 'node-a'}}}")))
                .hasMessageContaining("spec.configurationName: Required value");
        assertThatThrownBy(() -> apply("a", json("{'spec': {'nodes': ['a', 'a']}}")))
                .hasMessageContaining("different strings");
    }
}
