package io.akrimqtt.cli.configuration;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Akri Configuration ({@code akri.sh/v0}), as far as it concerns us.
 *
 * @param file where it was read
 * @param line of its name, from 1
 * @param column of its name, from 1
 * @param name unique in a cluster: Akri's agents know Configurations by it, without the namespace
 * @param handlerName which discovery handler it is for
 * @param details as the handler gets them
 * @param properties the discovery properties, not yet resolved
 * @param capacity how many workloads may use one device at a time
 * @param brokerProperties what each workload gets, over what the handler says of the device
 * @param workload what to start for each device, or null for nothing
 * @see <a href="https://docs.akri.sh/architecture/architecture-overview">Akri's custom resources</a>
 */
public record AkriConfiguration(
        String file,
        int line,
        int column,
        String name,
        String namespace,
        String handlerName,
        DetailsText details,
        List<DiscoveryProperty> properties,
        int capacity,
        Map<String, String> brokerProperties,
        @Nullable Workload workload) {

    public AkriConfiguration {
        properties = List.copyOf(properties);
        brokerProperties = Map.copyOf(brokerProperties);
    }

    /** One discovery property. */
    public record DiscoveryProperty(String name, Source source) {}

    /**
     * What is started for each device.
     *
     * @param job whether it is a Job and not a Pod
     * @param environment of the container that asks for the device
     * @param takesDevice whether a container asks for the device: only then it gets the device's properties
     */
    public record Workload(boolean job, List<Variable> environment, boolean takesDevice) {
        public Workload {
            environment = List.copyOf(environment);
        }
    }

    /** An environment variable of the pod template. */
    public record Variable(String name, Source source) {}

    /** Names it only: a value may be secret. */
    @Override
    public String toString() {
        return "AkriConfiguration[" + namespace + "/" + name + "]";
    }
}
