package io.akrimqtt.helm;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects that a test wants to be there, made by an administrator. Confined to its test class. */
final class RealObjects {

    private final KubernetesClient client;
    private final String namespace;
    private final List<GenericKubernetesResource> stored = new ArrayList<>();

    RealObjects(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** As the client has it; Instances are moved to the test's namespace. */
    GenericKubernetesResource read(Map<String, Object> object) {
        var read = client.getKubernetesSerialization()
                .unmarshal(client.getKubernetesSerialization().asJson(object), GenericKubernetesResource.class);
        if (read.getKind().equals("Instance")) {
            read.getMetadata().setNamespace(namespace);
        }
        return read;
    }

    /** Creates it; one with a deletion time is deleted at once, and stays for its finalizers. */
    GenericKubernetesResource store(Map<String, Object> object) {
        var wanted = read(object);
        boolean terminating = wanted.getMetadata().getDeletionTimestamp() != null;
        wanted.getMetadata().setDeletionTimestamp(null);
        var there = client.resource(wanted).create();
        stored.add(there);
        if (terminating) {
            client.resource(there).delete();
            stored.remove(there);
            var left = client.resource(there).get();
            stored.add(left);
            return left;
        }
        return there;
    }

    /** Deletes it with its finalizers, and waits until it is gone: agents may be busy with it. */
    void remove(GenericKubernetesResource object) {
        stored.remove(object);
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(KubernetesClientException.class)
                .until(() -> gone(object));
    }

    private boolean gone(GenericKubernetesResource object) {
        client.resource(object).delete();
        if (client.resource(object).get() != null) {
            client.resource(object)
                    .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\": {\"finalizers\": null}}");
        }
        return client.resource(object).get() == null;
    }

    void clear() {
        List.copyOf(stored).forEach(this::remove);
    }
}
