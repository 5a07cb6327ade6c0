package io.akrimqtt.cli.cluster.node;

import io.akrimqtt.cli.agent.UnresolvedPropertyException;
import java.util.Optional;

/** Secrets and ConfigMaps as Akri's agent may read them. Thread-safe. */
@FunctionalInterface
public interface ReferencedData {

    /** There are none. */
    ReferencedData NONE = _ -> Optional.empty();

    /**
     * One value.
     *
     * @param kind {@code Secret} or {@code ConfigMap}
     */
    record Reference(String kind, String namespace, String name, String key) {}

    /**
     * The bytes of a reference, read afresh; empty where the object or its key is not there.
     *
     * @throws UnresolvedPropertyException where the agent may not read it
     */
    Optional<byte[]> read(Reference reference) throws UnresolvedPropertyException;
}
