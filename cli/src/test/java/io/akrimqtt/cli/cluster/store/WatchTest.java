package io.akrimqtt.cli.cluster.store;

import static io.akrimqtt.cli.cluster.store.Instances.NS;
import static io.akrimqtt.cli.cluster.store.Instances.instance;
import static io.akrimqtt.cli.cluster.store.Instances.json;
import static io.akrimqtt.cli.cluster.store.Instances.manager;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import io.akrimqtt.cli.cluster.Resource;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchTest extends StoreStory {

    private final List<String> seen = new CopyOnWriteArrayList<>();

    private void note(Changed changed) {
        seen.add(changed.change() + " " + changed.object().at("/metadata/name").asText() + " "
                + changed.object().at("/metadata/resourceVersion").asText());
    }

    private void awaitSeen(String... expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(seen).containsExactly(expected));
    }

    private void create(String name) {
        store.create(Resource.INSTANCE, NS, instance(name), Caller.ADMIN);
    }

    private void annotate(String name, String value) {
        store.mergePatch(
                Resource.INSTANCE,
                NS,
                name,
                json("{'metadata': {'annotations': {'a': '" + value + "'}}}"),
                manager("t"));
    }

    @Test
    void tells_what_was_missed_and_what_comes_in_the_order_of_versions() {
        create("a");
        create("b");
        annotate("a", "1");

        store.watch(Resource.INSTANCE, NS, "1", this::note);
        store.delete(Resource.INSTANCE, NS, "b", "", "", Caller.ADMIN);
        annotate("a", "2");

        awaitSeen("ADDED b 2", "MODIFIED a 3", "DELETED b 4", "MODIFIED a 5");
    }

    @Test
    void a_write_that_changes_nothing_is_not_told() {
        create("a");
        annotate("a", "1");
        store.watch(Resource.INSTANCE, "", "2", this::note);
        annotate("a", "1");
        annotate("a", "2");

        awaitSeen("MODIFIED a 3");
    }

    @Test
    void the_deletion_of_a_terminating_object_is_a_modification_first() {
        create("a");
        store.watch(Resource.INSTANCE, NS, "", this::note);
        store.mergePatch(Resource.INSTANCE, NS, "a", json("{'metadata': {'finalizers': ['f']}}"), manager("t"));
        store.delete(Resource.INSTANCE, NS, "a", "", "", Caller.ADMIN);
        store.delete(Resource.INSTANCE, NS, "a", "", "", Caller.ADMIN);
        store.mergePatch(Resource.INSTANCE, NS, "a", json("{'metadata': {'finalizers': []}}"), manager("t"));

        awaitSeen("MODIFIED a 2", "MODIFIED a 3", "DELETED a 4");
    }

    @Test
    void other_kinds_and_namespaces_are_not_told_and_a_closed_watch_hears_nothing() throws Exception {
        store.watch(Resource.INSTANCE, "other", "", this::note);
        var closed = store.watch(Resource.INSTANCE, NS, "", this::note);
        closed.close();
        create("a");
        store.create(Resource.NODE, "", json("{'metadata': {'name': 'n'}}"), Caller.ADMIN);
        store.create(Resource.INSTANCE, "other", instance("b"), Caller.ADMIN);

        awaitSeen("ADDED b 3");
    }

    @Test
    void a_version_that_is_forgotten_or_not_reached_is_expired() {
        try (var small = InMemoryObjectStore.start(() -> NOW, 2, UUID::randomUUID)) {
            IntStream.range(0, 4).forEach(i -> small.create(Resource.INSTANCE, NS, instance("i" + i), Caller.ADMIN));

            assertExpired(small, "1");
            assertExpired(small, "5");
            small.watch(Resource.INSTANCE, NS, "2", this::note);
            awaitSeen("ADDED i2 3", "ADDED i3 4");
        }
    }

    private static void assertExpired(InMemoryObjectStore store, String version) {
        assertThatThrownBy(() -> store.watch(Resource.INSTANCE, NS, version, _ -> {}))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> assertThat(e.code() + e.reason()).isEqualTo("410Expired"));
    }

    @Test
    void writers_on_many_threads_are_told_in_one_order() throws InterruptedException {
        store.watch(Resource.INSTANCE, NS, "", this::note);
        var threads = IntStream.range(0, 8)
                .mapToObj(t ->
                        Thread.ofVirtual().start(() -> IntStream.range(0, 50).forEach(i -> create("i" + t + "-" + i))))
                .toList();
        for (var thread : threads) {
            thread.join();
        }

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(seen).hasSize(400));
        assertThat(seen.stream()
                        .map(line -> Integer.parseInt(line.split(" ", -1)[2]))
                        .toList())
                .isSorted();
    }
}
