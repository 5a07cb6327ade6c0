package io.akrimqtt.cli.cluster.store;

import static io.akrimqtt.cli.cluster.store.Instances.NS;
import static io.akrimqtt.cli.cluster.store.Instances.applied;
import static io.akrimqtt.cli.cluster.store.Instances.dryRun;
import static io.akrimqtt.cli.cluster.store.Instances.instance;
import static io.akrimqtt.cli.cluster.store.Instances.json;
import static io.akrimqtt.cli.cluster.store.Instances.manager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LifeTest extends StoreStory {

    private ObjectNode patch(String patch) {
        return store.mergePatch(Resource.INSTANCE, NS, "i", json(patch), manager("t"));
    }

    private ObjectNode delete(String uid, String resourceVersion) {
        return store.delete(Resource.INSTANCE, NS, "i", uid, resourceVersion, Caller.ADMIN);
    }

    private ObjectNode create() {
        return store.create(Resource.INSTANCE, NS, instance("i"), Caller.ADMIN);
    }

    private static void assertRefused(int code, String reason, Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.code() + " " + e.reason()).isEqualTo(code + " " + reason));
    }

    @Test
    void versions_are_one_order_for_all_kinds() {
        var instance = create();
        var node = store.create(Resource.NODE, "", json("{'metadata': {'name': 'node-a'}}"), Caller.ADMIN);

        assertThat(instance.at("/metadata/resourceVersion").asText()).isEqualTo("1");
        assertThat(node.at("/metadata/resourceVersion").asText()).isEqualTo("2");
        assertThat(store.list(Resource.INSTANCE, "").resourceVersion()).isEqualTo("2");
    }

    @Test
    void what_is_handed_out_is_a_copy() {
        create().withObject("/spec").put("capacity", 99);
        store.get(Resource.INSTANCE, NS, "i").withObject("/spec").put("capacity", 98);

        assertThat(store.get(Resource.INSTANCE, NS, "i").at("/spec/capacity").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_name_is_taken_once_and_what_is_not_there_is_not_found() {
        create();

        assertRefused(409, "AlreadyExists", this::create);
        assertRefused(404, "NotFound", () -> store.get(Resource.INSTANCE, "other", "i"));
        assertRefused(404, "NotFound", () -> store.delete(Resource.POD, NS, "i", "", "", Caller.ADMIN));
    }

    @Test
    void a_deleted_object_with_finalizers_stays_until_the_last_one_goes() {
        create();
        patch("{'metadata': {'finalizers': ['node-a', 'node-b']}}");

        var dying = delete("", "");
        assertThat(dying.at("/metadata/deletionTimestamp").asText()).isEqualTo("2026-11-21T08:00:00Z");
        patch("{'metadata': {'finalizers': ['node-b']}}");
        assertThat(store.list(Resource.INSTANCE, NS).items()).hasSize(1);
        patch("{'metadata': {'finalizers': []}}");

        assertThat(store.list(Resource.INSTANCE, NS).items()).isEmpty();
    }

    @Test
    void an_apply_onto_a_terminating_object_succeeds_and_is_lost_with_it() {
        create();
        patch("{'metadata': {'finalizers': ['node-a']}}");
        delete("", "");

        var object = store.apply(Resource.INSTANCE, NS, "i", applied("node-b", "t"), false, manager("node-b"));
        patch("{'metadata': {'finalizers': null}}");

        assertThat(object.at("/spec/nodes")).hasSize(2);
        assertRefused(404, "NotFound", () -> store.get(Resource.INSTANCE, NS, "i"));
    }

    @Test
    void a_terminating_object_takes_no_new_finalizer() {
        create();
        patch("{'metadata': {'finalizers': ['node-a']}}");
        delete("", "");

        assertRefused(422, "Invalid", () -> patch("{'metadata': {'finalizers': ['node-a', 'node-b']}}"));
        assertRefused(
                422,
                "Invalid",
                () -> store.apply(
                        Resource.INSTANCE, NS, "i", json("{'metadata': {'finalizers': ['x']}}"), true, manager("x")));
    }

    @Test
    void uid_and_version_are_preconditions_of_a_deletion() {
        var made = create();
        var uid = made.at("/metadata/uid").asText();
        var old = made.at("/metadata/resourceVersion").asText();
        patch("{'metadata': {'annotations': {'a': 'b'}}}");

        assertRefused(409, "Conflict", () -> delete("another", ""));
        assertRefused(409, "Conflict", () -> delete(uid, old));
        delete(uid, "2");

        assertThat(store.list(Resource.INSTANCE, NS).items()).isEmpty();
    }

    @Test
    void a_version_or_uid_in_a_patch_or_a_replacement_is_a_precondition() {
        var made = create();
        patch("{'metadata': {'annotations': {'a': 'b'}}}");

        assertRefused(409, "Conflict", () -> patch("{'metadata': {'resourceVersion': '1', 'labels': {'x': 'y'}}}"));
        assertRefused(409, "Conflict", () -> patch("{'metadata': {'uid': 'other', 'labels': {'x': 'y'}}}"));
        assertRefused(409, "Conflict", () -> store.replace(Resource.INSTANCE, NS, "i", made, Caller.ADMIN));
        patch("{'metadata': {'resourceVersion': '2', 'labels': {'x': 'y'}}}");
        assertThat(store.get(Resource.INSTANCE, NS, "i")
                        .at("/metadata/labels/x")
                        .asText())
                .isEqualTo("y");
    }

    @Test
    void a_replacement_is_the_whole_object_but_not_its_identity() {
        var made = create();
        patch("{'metadata': {'annotations': {'a': 'b'}}}");
        var next = instance("i");
        next.withObject("/spec").put("capacity", 5);

        var replaced = store.replace(Resource.INSTANCE, NS, "i", next, Caller.ADMIN);

        assertThat(replaced.at("/metadata/uid")).isEqualTo(made.at("/metadata/uid"));
        assertThat(replaced.path("metadata").has("annotations")).isFalse();
        assertThat(replaced.at("/spec/capacity").asInt()).isEqualTo(5);
    }

    @Test
    void nobody_writes_what_only_the_server_writes() {
        var made = create();

        var patched = patch("{'metadata': {'generation': 77, 'creationTimestamp': null, 'deletionTimestamp': 'x',"
                + " 'managedFields': [{}], 'labels': {'x': 'y'}}}");

        assertThat(patched.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(patched.at("/metadata/creationTimestamp")).isEqualTo(made.at("/metadata/creationTimestamp"));
        assertThat(patched.path("metadata").has("deletionTimestamp")).isFalse();
        assertThat(patched.at("/metadata/managedFields")).hasSize(2);
    }

    @Test
    void a_status_is_written_past_admission_and_generation() {
        store.create(Resource.POD, NS, json("{'metadata': {'name': 'p'}, 'spec': {}}"), Caller.ADMIN);
        store.admission((_, _, _, _) -> {
            throw new ApiException(403, "Forbidden", "no");
        });

        var pod = store.mergePatchStatus(
                Resource.POD, NS, "p", json("{'spec': {'x': 1}, 'status': {'phase': 'Running'}}"), manager("kubelet"));

        assertThat(pod.at("/status/phase").asText()).isEqualTo("Running");
        assertThat(pod.at("/spec").isEmpty()).isTrue();
        assertThat(pod.at("/metadata/generation").asInt()).isEqualTo(1);
        assertThat(pod.at("/metadata/resourceVersion").asText()).isEqualTo("2");
    }

    @Test
    void a_dry_run_decides_everything_and_keeps_nothing() {
        store.create(Resource.INSTANCE, NS, instance("d"), dryRun());
        create();
        var patched = store.mergePatch(Resource.INSTANCE, NS, "i", json("{'spec': {'capacity': 9}}"), dryRun());
        store.delete(Resource.INSTANCE, NS, "i", "", "", dryRun());

        assertThat(patched.at("/spec/capacity").asInt()).isEqualTo(9);
        assertThat(store.list(Resource.INSTANCE, NS).items())
                .singleElement()
                .satisfies(i -> assertThat(i.at("/spec/capacity").asInt()).isEqualTo(1));
        assertThat(store.list(Resource.INSTANCE, NS).resourceVersion()).isEqualTo("1");
        store.admission((_, _, _, _) -> {
            throw new ApiException(403, "Forbidden", "no");
        });
        assertRefused(403, "Forbidden", () -> store.delete(Resource.INSTANCE, NS, "i", "", "", dryRun()));
    }

    @Test
    void admissions_see_both_states_and_who_asks_and_refuse_for_all() {
        var seen = new ArrayList<String>();
        store.admission((resource, before, after, caller) ->
                seen.add(resource + " " + (before != null) + " " + (after != null) + " " + caller.fieldManager()));
        store.admission((_, before, after, _) -> {
            if (before != null && after == null) {
                throw new ApiException(403, "Forbidden", "stays");
            }
        });

        create();
        patch("{'spec': {'capacity': 2}}");
        assertRefused(403, "Forbidden", () -> delete("", ""));

        assertThat(seen)
                .containsExactly("INSTANCE false true kubectl", "INSTANCE true true t", "INSTANCE true false kubectl");
        assertThat(store.list(Resource.INSTANCE, NS).items()).hasSize(1);
    }

    @Test
    void dependants_follow_their_owner_once_it_is_really_gone() {
        var owner = store.create(
                Resource.CONFIGURATION,
                NS,
                json("{'metadata': {'name': 'c', 'finalizers': ['node-a']}, 'spec': {}}"),
                Caller.ADMIN);
        createOwned(owner);

        store.delete(Resource.CONFIGURATION, NS, "c", "", "", Caller.ADMIN);
        assertThat(store.list(Resource.INSTANCE, NS).items()).hasSize(1);
        store.mergePatch(
                Resource.CONFIGURATION, NS, "c", json("{'metadata': {'finalizers': null}}"), manager("node-a"));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(store.list(Resource.INSTANCE, NS).items()).isEmpty());
    }

    @Test
    void what_is_made_for_an_owner_that_is_gone_is_collected_and_a_refused_collection_is_repeated() {
        var owner =
                store.create(Resource.CONFIGURATION, NS, json("{'metadata': {'name': 'c'}, 'spec': {}}"), Caller.ADMIN);
        store.delete(Resource.CONFIGURATION, NS, "c", "", "", Caller.ADMIN);
        var refuse = new AtomicBoolean(true);
        store.admission((_, _, after, caller) -> {
            if (after == null && refuse.getAndSet(false)) {
                assertThat(caller.user()).endsWith(":generic-garbage-collector");
                throw new ApiException(403, "Forbidden", "not yet");
            }
        });

        createOwned(owner);

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() ->
                        assertThat(store.list(Resource.INSTANCE, NS).items()).isEmpty());
        assertThat(refuse).isFalse();
    }

    private void createOwned(ObjectNode owner) {
        var dependant = instance("i");
        dependant
                .withObject("/metadata")
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "akri.sh/v0")
                .put("kind", "Configuration")
                .put("name", "c")
                .put("uid", owner.at("/metadata/uid").asText());
        store.create(Resource.INSTANCE, NS, dependant, Caller.ADMIN);
    }

    @Test
    void hostile_objects_are_refused() {
        assertRefused(
                422,
                "Invalid",
                () -> store.create(Resource.POD, NS, json("{'metadata': {'name': '../x'}}"), Caller.ADMIN));
        assertRefused(422, "Invalid", () -> store.create(Resource.POD, NS, json("{}"), Caller.ADMIN));
        assertRefused(400, "BadRequest", () -> store.create(Resource.POD, NS, json("{'metadata': 7}"), Caller.ADMIN));
        assertRefused(
                400,
                "BadRequest",
                () -> store.create(Resource.POD, "", json("{'metadata': {'name': 'x'}}"), Caller.ADMIN));
        assertRefused(
                400,
                "BadRequest",
                () -> store.create(Resource.POD, NS, instance("x").put("kind", "Node"), Caller.ADMIN));
        create();
        assertRefused(422, "Invalid", () -> patch("{'metadata': {'annotations': {'a': 1}}}"));
        assertRefused(422, "Invalid", () -> patch("{'spec': {'deviceUsage': 'x'}}"));
        assertRefused(422, "Invalid", () -> patch("{'spec': 'x'}"));
        assertRefused(400, "BadRequest", () -> patch("{'metadata': null, 'kind': 'Pod'}"));
        var huge = "x".repeat(1_600_000);
        assertRefused(
                413, "RequestEntityTooLarge", () -> patch("{'metadata': {'annotations': {'a': '" + huge + "'}}}"));
    }

    @Test
    void the_oldest_event_goes_for_a_new_one() {
        for (int i = 0; i <= Objects.MOST_EVENTS; i++) {
            store.create(Resource.EVENT, NS, json("{'metadata': {'name': 'e" + i + "'}}"), Caller.ADMIN);
        }

        assertThat(store.list(Resource.EVENT, NS).items()).hasSize(Objects.MOST_EVENTS);
        assertRefused(404, "NotFound", () -> store.get(Resource.EVENT, NS, "e0"));
    }
}
