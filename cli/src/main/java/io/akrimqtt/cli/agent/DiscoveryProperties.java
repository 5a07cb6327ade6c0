package io.akrimqtt.cli.agent;

import java.util.Map;

/** A Configuration's discoveryProperties, with whatever Secrets and ConfigMaps they name. */
@FunctionalInterface
public interface DiscoveryProperties {

    /**
     * Reads them afresh; called for each Discover, on a thread that may wait, from several threads at once.
     *
     * @throws UnresolvedPropertyException where one that is not optional cannot be had: Discover is then not called at all
     */
    Map<String, PropertyBytes> resolve() throws UnresolvedPropertyException;
}
