package io.akrimqtt.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;

/**
 * The endpoints of the handlers' headless Service, an EndpointSlice for each node: by them handlers know of each other, as in a
 * cluster that our chart was installed in.
 */
final class HandlerService {

    /** The name of the Service. */
    static final String NAME = "akri-mqtt-discovery-handler";

    /** Where it is. */
    static final String NAMESPACE = "akri-mqtt";

    private static final Caller CONTROLLER = new Caller(
            "system:serviceaccount:kube-system:endpointslice-controller", "", "kube-controller-manager", false);

    private HandlerService() {}

    /** Says whether a node's handler is there. */
    static void ready(ObjectStore store, String node, boolean ready) {
        var slice = JsonNodeFactory.instance.objectNode();
        slice.put("apiVersion", Resource.ENDPOINT_SLICE.apiVersion()).put("kind", Resource.ENDPOINT_SLICE.kind());
        var name = NAME + "-" + node;
        slice.putObject("metadata")
                .put("name", name)
                .put("namespace", NAMESPACE)
                .putObject("labels")
                .put("kubernetes.io/service-name", NAME);
        slice.put("addressType", "IPv4");
        var endpoint = slice.putArray("endpoints").addObject();
        endpoint.put("nodeName", node).putArray("addresses").add("127.0.0.1");
        endpoint.putObject("conditions").put("ready", ready);
        store.apply(Resource.ENDPOINT_SLICE, NAMESPACE, name, slice, true, CONTROLLER);
    }
}
