package io.akrimqtt.cli.process;

import java.util.List;

/**
 * What other commands find about a run.
 *
 * @param pid of the process that owns it
 * @param handlerAddress where the discovery handler serves its API, in the form of io.akrimqtt.serving.ListenAddress
 */
public record RunState(long pid, String handlerAddress, List<String> mqttUrls, String node) {

    /** Copies the list. */
    public RunState {
        mqttUrls = List.copyOf(mqttUrls);
    }
}
