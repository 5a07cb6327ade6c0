package io.akrimqtt.cli.cluster.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** fabric8's client, as the handler's Kubernetes adapter uses it. */
class ClientTest extends ServerStory {

    private static final ResourceDefinitionContext INSTANCES = new ResourceDefinitionContext.Builder()
            .withGroup("akri.sh")
            .withVersion("v0")
            .withPlural("instances")
            .withKind("Instance")
            .withNamespaced(true)
            .build();

    @SuppressWarnings("NullAway.Init") // by JUnit
    private KubernetesClient client;

    @BeforeEach
    void connect(@TempDir Path directory) throws IOException {
        var file = directory.resolve("kubeconfig");
        server.writeKubeconfig(file, Identity.ADMIN);
        Config config = new ConfigBuilder(Config.fromKubeconfig(Files.readString(file)))
                .withRequestRetryBackoffLimit(0)
                .build();
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    private MixedOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    io.fabric8.kubernetes.client.dsl.Resource<GenericKubernetesResource>>
            instances() {
        return client.genericKubernetesResources(INSTANCES);
    }

    private static int codeOf(Throwable e) {
        return ((KubernetesClientException) e).getCode();
    }

    @Test
    void lists_gets_and_creates() {
        createInstance("a");
        client.events()
                .v1()
                .events()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withGenerateName("e-")
                        .endMetadata()
                        .withNote("n")
                        .build())
                .create();

        assertThat(instances().inAnyNamespace().list().getItems()).hasSize(1);
        assertThat(instances().inNamespace(NS).withName("a").get().<Integer>get("spec", "capacity"))
                .isEqualTo(1);
        assertThat(instances().inNamespace(NS).withName("none").get()).isNull();
        assertThat(client.events().v1().events().list().getItems())
                .singleElement()
                .satisfies(event -> assertThat(event.getMetadata().getName()).startsWith("e-"));
    }

    @Test
    void an_informer_follows() {
        createInstance("a");
        List<String> seen = new CopyOnWriteArrayList<>();
        try (var informer = instances().inAnyNamespace().inform(new ResourceEventHandler<>() {
            @Override
            public void onAdd(GenericKubernetesResource added) {
                seen.add("+" + added.getMetadata().getName());
            }

            @Override
            public void onUpdate(GenericKubernetesResource old, GenericKubernetesResource now) {
                seen.add("~" + now.getMetadata().getName());
            }

            @Override
            public void onDelete(GenericKubernetesResource gone, boolean unknown) {
                seen.add("-" + gone.getMetadata().getName());
            }
        })) {
            awaitSeen(seen, "+a");
            createInstance("b");
            store.mergePatch(Resource.INSTANCE, NS, "b", json("{'spec': {'capacity': 3}}"), Caller.ADMIN);
            store.delete(Resource.INSTANCE, NS, "a", "", "", Caller.ADMIN);
            awaitSeen(seen, "+a", "+b", "~b", "-a");
            assertThat(informer.isWatching()).isTrue();
            assertThat(informer.getStore().list()).hasSize(1);
        }
    }

    private static void awaitSeen(List<String> seen, String... expected) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(seen).containsExactly(expected));
    }

    @Test
    void a_merge_patch_annotates() {
        createInstance("a");
        var patch = "{\"metadata\":{\"annotations\":{\"released.akri-mqtt.io/node-a\":\"x\"}}}";
        instances()
                .inNamespace(NS)
                .withName("a")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.JSON_MERGE)
                                .withFieldManager("akri-mqtt")
                                .build(),
                        patch);

        assertThat(stored("a").at("/metadata/annotations").toString())
                .isEqualTo("{\"released.akri-mqtt.io/node-a\":\"x\"}");
        assertThat(stored("a").at("/metadata/managedFields/0/manager").asText()).isEqualTo("akri-mqtt");
    }

    @Test
    void a_stale_version_in_a_merge_patch_is_a_conflict() {
        createInstance("a");
        var patch = "{\"metadata\":{\"resourceVersion\":\"77\",\"annotations\":{\"x\":\"y\"}}}";

        assertThatThrownBy(() ->
                        instances().inNamespace(NS).withName("a").patch(PatchContext.of(PatchType.JSON_MERGE), patch))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(409));
    }

    @Test
    void a_forced_apply_hands_a_slot_over_and_an_unforced_one_conflicts() {
        createInstance("a");
        store.mergePatch(
                Resource.INSTANCE, NS, "a", json("{'spec': {'deviceUsage': {'a-0': 'node-a'}}}"), Caller.ADMIN.as("u"));
        var slot = new GenericKubernetesResource();
        slot.setApiVersion("akri.sh/v0");
        slot.setKind("Instance");
        slot.setMetadata(new io.fabric8.kubernetes.api.model.ObjectMetaBuilder()
                .withName("a")
                .withNamespace(NS)
                .build());
        slot.setAdditionalProperty("spec", java.util.Map.of("deviceUsage", java.util.Map.of("a-0", "node-b")));

        assertThatThrownBy(() -> apply(slot, false))
                .hasMessageContaining("Apply failed with 1 conflict")
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(409));
        apply(slot, true);

        assertThat(stored("a").at("/spec/deviceUsage/a-0").asText()).isEqualTo("node-b");
        assertThat(stored("a").at("/spec/nodes")).hasSize(2);
    }

    private void apply(GenericKubernetesResource slot, boolean force) {
        instances()
                .resource(slot)
                .patch(new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager("dp-node-b")
                        .withForce(force)
                        .build());
    }

    @Test
    void a_deletion_keeps_its_preconditions() {
        var made = createInstance("a");
        var stale = instances().inNamespace(NS).withName("a").get();
        stale.getMetadata().setResourceVersion("77");

        assertThatThrownBy(() ->
                        instances().resource(stale).lockResourceVersion("77").delete())
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(409));
        instances()
                .inNamespace(NS)
                .withName("a")
                .lockResourceVersion(made.at("/metadata/resourceVersion").asText())
                .delete();

        assertThat(store.list(Resource.INSTANCE, NS).items()).isEmpty();
    }

    @Test
    void refusals_arrive_with_code_and_message() {
        createInstance("a");
        store.admission((_, _, after, _) -> {
            if (after == null) {
                throw new ApiException(403, "Forbidden", "node-a is not released");
            }
        });

        assertThatThrownBy(() -> instances().inNamespace(NS).withName("a").delete())
                .hasMessageContaining("node-a is not released")
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(403));
        assertThatThrownBy(() ->
                        instances().inNamespace(NS).withName("none").patch(PatchContext.of(PatchType.JSON_MERGE), "{}"))
                .satisfies(e -> assertThat(codeOf(e)).isEqualTo(404));
    }

    @Test
    void a_dry_run_is_decided_and_not_kept() {
        createInstance("a");
        instances()
                .inNamespace(NS)
                .withName("a")
                .dryRun()
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"capacity\":9}}");

        assertThat(stored("a").at("/spec/capacity").asInt()).isEqualTo(1);
    }
}
