package io.akrimqtt.helm;

import io.akrimqtt.helm.admission.Request;
import io.akrimqtt.helm.admission.Verdict;
import java.util.Map;

/** An API server with the chart in force; the stand-in and a real one must agree. */
interface Api {

    /** Where Configurations live: the one namespace in the chart's {@code gate.namespaces}. */
    String namespace();

    /** Another namespace. */
    String elsewhere();

    /** The longest name of a node. */
    String longestNode();

    /** Puts an object there, as an administrator. */
    void put(Map<String, Object> object);

    /** Lets somebody ask for a write, as a dry run. */
    Verdict admit(Request request);

    /** Values for the chart under test; its Configurations are for a handler that nobody runs. */
    static String values(String namespace) {
        return "{gate: {namespaces: [%s]}, handler: {names: [mqtt-table]}}".formatted(namespace);
    }
}
