package io.akrimqtt.helm.story;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What the headless Service of the handlers would say of them. */
final class Endpoints {

    /** The Service's name. */
    static final String SERVICE = "akri-mqtt-handler";

    private final KubernetesClient client;
    private final Map<String, Boolean> ready = new TreeMap<>();

    Endpoints(KubernetesClient client) {
        this.client = client;
    }

    /** A node's handler is ready, or is not. */
    void ready(String node, boolean is) {
        ready.put(node, is);
        var endpoints = new StringBuilder();
        int host = 1;
        for (var each : ready.entrySet()) {
            endpoints.append("- {addresses: [10.99.0.%d], nodeName: %s, conditions: {ready: %b}}\n"
                    .formatted(host++, each.getKey(), each.getValue()));
        }
        var yaml = """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %s-story, namespace: %s, labels: {kubernetes.io/service-name: %s}}
                addressType: IPv4
                ports: [{name: grpc, port: 6051}]
                endpoints:
                %s""".formatted(SERVICE, Stage.NAMESPACE, SERVICE, endpoints);
        client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items()
                .forEach(each -> client.resource(each).forceConflicts().serverSideApply());
    }
}
