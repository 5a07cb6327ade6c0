package io.akrimqtt.helm.real;

import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** A node that takes no new pods, as after {@code kubectl cordon}, until this is closed. */
record Cordon(KubernetesClient client, String node) implements AutoCloseable {

    static Cordon around(KubernetesClient client, String node) {
        var cordon = new Cordon(client, node);
        cordon.unschedulable(true);
        return cordon;
    }

    private void unschedulable(boolean value) {
        client.nodes()
                .withName(node)
                .edit(each -> new NodeBuilder(each)
                        .editOrNewSpec()
                        .withUnschedulable(value)
                        .endSpec()
                        .build());
    }

    @Override
    public void close() {
        unschedulable(false);
    }
}
