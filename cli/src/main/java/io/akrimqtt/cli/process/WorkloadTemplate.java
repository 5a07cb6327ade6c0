package io.akrimqtt.cli.process;

import java.util.Map;

/**
 * What a Configuration's broker pod template says about the environment of its workloads. Its text form shows no value.
 *
 * @param environment wins over what the Instance brings, as in Kubernetes; may hold secrets
 */
public record WorkloadTemplate(Map<String, String> environment) {

    /** Copies the map. */
    public WorkloadTemplate {
        environment = Map.copyOf(environment);
    }

    @Override
    public String toString() {
        return "WorkloadTemplate[" + environment.size() + " variables]";
    }
}
