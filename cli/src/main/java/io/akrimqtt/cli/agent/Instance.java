package io.akrimqtt.cli.agent;

import java.util.Map;

/**
 * An Akri Instance: one device, as the node's agent sees it.
 *
 * @param name {@code <Configuration>-<hash>}
 * @param hash six lower-case hexadecimal digits, the device id's BLAKE2b-24
 * @param node the only node that has it here
 * @param brokerProperties the device's latest properties with the Configuration's laid over them
 * @param environment what its workload's containers get: each property as {@code KEY} and {@code KEY_<HASH>}; fixed when the
 *     Instance is made, as Akri's device plugin does, and deaf to later properties
 */
public record Instance(
        String name,
        String configuration,
        String deviceId,
        String hash,
        boolean shared,
        String node,
        int capacity,
        Map<String, String> brokerProperties,
        Map<String, String> environment) {

    /** Copies the maps. */
    public Instance {
        brokerProperties = Map.copyOf(brokerProperties);
        environment = Map.copyOf(environment);
    }
}
