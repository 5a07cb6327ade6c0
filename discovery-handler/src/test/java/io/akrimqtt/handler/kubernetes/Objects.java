package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.util.List;
import java.util.Map;

/** Objects of the cluster, for tests. */
final class Objects {

    static final ObjectRef REF = new ObjectRef("default", "line-700c11", "uid-1", "42");

    static final String INSTANCE = """
            apiVersion: akri.sh/v0
            kind: Instance
            metadata:
              name: line-700c11
              namespace: default
              uid: uid-1
              resourceVersion: "42"
              ownerReferences:
              - {apiVersion: akri.sh/v0, kind: Configuration, name: line, uid: conf-1, controller: true}
              annotations: {released.akri-mqtt.io/node-b: "2026-01-01T00:00:00Z", other: "x"}
              labels: {akri-mqtt.io/device: r7, app: x}
              finalizers: [node-a, node-b]
              managedFields:
              - manager: dp-node-a
                operation: Apply
                apiVersion: akri.sh/v0
                fieldsType: FieldsV1
                fieldsV1: {"f:spec": {"f:deviceUsage": {"f:line-700c11-0": {}}}}
              - manager: unknown
                operation: Update
                fieldsV1: {"f:spec": {"f:deviceUsage": {"f:line-700c11-1": {}}}}
              - manager: node-a
                operation: Apply
                fieldsV1: {"f:spec": {"f:nodes": {}}}
            spec:
              configurationName: line
              cdiName: akri.sh/line=700c11
              capacity: 2
              shared: true
              nodes: [node-a, node-b]
              brokerProperties: {MQTT_REPORTED_BY: akri-mqtt, MQTT_DEVICE_ID: robots/r7}
              deviceUsage: {line-700c11-0: node-a, line-700c11-1: ""}
            """;

    static final String CONFIGURATION = """
            apiVersion: akri.sh/v0
            kind: Configuration
            metadata:
              name: line
              namespace: default
              uid: conf-1
              generation: 3
              annotations: {akri-mqtt.io/touched: "2026-01-01T00:00:00Z", kubectl.kubernetes.io/last-applied: "long"}
            spec:
              discoveryHandler:
                name: mqtt
                discoveryDetails: "serverUrls: tcp://h:1883"
              brokerProperties: {A: b}
            """;

    static final String NODE = """
            apiVersion: v1
            kind: Node
            metadata: {name: NAME}
            status:
              allocatable: {cpu: "2", akri.sh/line-700c11: "1", akri.sh/line-000000: "0"}
              conditions:
              - {type: MemoryPressure, status: "True"}
              - {type: Ready, status: "READY"}
            """;

    static final String SLICE = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: handlers-1
              namespace: akri
              labels: {kubernetes.io/service-name: handlers}
            addressType: IPv4
            endpoints:
            - {addresses: [10.0.0.1], nodeName: node-a, conditions: {ready: true}}
            - {addresses: [10.0.0.2], nodeName: node-b, conditions: {ready: false}}
            - {addresses: [10.0.0.3], nodeName: node-c}
            """;

    private Objects() {}

    /** The Instance above, with these nodes and finalizers. */
    static InstanceState instance(List<String> nodes, List<String> finalizers) {
        return new InstanceState(
                REF,
                "line",
                "conf-1",
                2,
                Map.of(InstanceState.MARKER, InstanceState.MARK, InstanceState.DEVICE, "robots/r7"),
                true,
                nodes,
                Map.of(),
                Map.of(),
                Map.of(),
                finalizers,
                false,
                Map.of());
    }
}
