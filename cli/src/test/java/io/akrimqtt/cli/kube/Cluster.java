package io.akrimqtt.cli.kube;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.Resource;
import io.akrimqtt.cli.cluster.rest.ApiServer;
import io.akrimqtt.cli.cluster.rest.Identity;
import io.akrimqtt.cli.cluster.store.InMemoryObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** A served store with what Akri and the chart would put there. */
final class Cluster implements AutoCloseable {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final InMemoryObjectStore store = InMemoryObjectStore.start(() -> NOW);
    private final ApiServer server;
    private final Path kubeconfig;

    Cluster(Path folder) throws IOException {
        server = ApiServer.start(store, () -> NOW);
        kubeconfig = folder.resolve("kubeconfig");
        server.writeKubeconfig(kubeconfig, Identity.ADMIN);
    }

    Path kubeconfig() {
        return kubeconfig;
    }

    /** An Instance, as the agent of node-a makes it. */
    Cluster instance(String namespace, String name, String id) {
        return create(Resource.INSTANCE, namespace, """
                {'metadata': {'name': '%s'},
                 'spec': {'configurationName': 'mqtt', 'cdiName': 'c', 'capacity': 1, 'shared': true, 'nodes': ['node-a'],
                          'brokerProperties': {'MQTT_REPORTED_BY': 'akri-mqtt', 'MQTT_DEVICE_ID': '%s', 'MQTT_DEVICE_NAME': '%s'}}}""".formatted(name, id, id.substring(id.lastIndexOf('/') + 1)));
    }

    /** What another handler has found. */
    Cluster stranger() {
        return create(
                Resource.INSTANCE,
                "default",
                "{'metadata': {'name': 'udev-1'}, 'spec': {'configurationName': 'udev', 'cdiName': 'c', 'capacity': 1,"
                        + " 'nodes': ['node-a'], 'brokerProperties': {'UDEV_DEVNODE': '/dev/video0'}}}");
    }

    /** A workload's pod that is ready. */
    Cluster workload(String namespace, String instance) {
        return workload(namespace, instance, "", """
                'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': 'True'}],
                'containerStatuses': [{'name': 'c', 'ready': true, 'restartCount': 0, 'image': '', 'imageID': ''}]""");
    }

    /** A workload's pod whose image is nowhere. */
    Cluster workloadWithoutImage(String instance) {
        return workload("default", instance, "", """
                'phase': 'Pending', 'containerStatuses': [{'name': 'c', 'ready': false, 'restartCount': 0, 'image': '',
                'imageID': '', 'state': {'waiting': {'reason': 'ImagePullBackOff'}}}]""");
    }

    /** A workload's pod. */
    Cluster workload(String namespace, String instance, String environment, String status) {
        return create(Resource.POD, namespace, """
                {'metadata': {'name': 'node-a-%s-pod', 'labels': {'akri.sh/instance': '%s'}},
                 'spec': {'nodeName': 'node-a', 'containers': [{'name': 'c', 'env': [%s]}]}, 'status': {%s}}""".formatted(instance, instance, environment, status));
    }

    /** A handler's pod. */
    Cluster handler(String name, boolean ready) {
        return create(Resource.POD, "akri", """
                {'metadata': {'name': '%s', 'labels': {'app.kubernetes.io/component': 'discovery-handler'}},
                 'spec': {'nodeName': 'node-a', 'containers': [{'name': 'c'}]},
                 'status': {'phase': 'Running', 'conditions': [{'type': 'Ready', 'status': '%s'}]}}""".formatted(name, ready ? "True" : "False"));
    }

    private Cluster create(Resource resource, String namespace, String text) {
        try {
            store.create(
                    resource,
                    namespace,
                    (com.fasterxml.jackson.databind.node.ObjectNode) JSON.readTree(text.replace('\'', '"')),
                    Caller.ADMIN);
            return this;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Override
    public void close() {
        server.close();
        store.close();
    }
}
