package io.akrimqtt.cli.process;

import java.util.List;

/**
 * What other commands find about a run.
 *
 * @param pid of the process that owns it
 * @param handlerAddress where the first node's discovery handler serves its API, in the form of io.akrimqtt.serving.ListenAddress
 * @param handlers where those of all nodes do, the first node's among them
 */
public record RunState(long pid, String handlerAddress, List<String> mqttUrls, String node, List<String> handlers) {

    /** Copies the lists. */
    public RunState {
        mqttUrls = List.copyOf(mqttUrls);
        handlers = List.copyOf(handlers);
    }

    /** One of a single node. */
    public RunState(long pid, String handlerAddress, List<String> mqttUrls, String node) {
        this(pid, handlerAddress, mqttUrls, node, List.of(handlerAddress));
    }
}
