package io.akrimqtt.cli.configuration;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The Secrets and ConfigMaps of the files that were read. Filled by the reader, then only read. */
public final class DataObjects {

    private record Id(Source.Kind kind, String namespace, String name) {}

    private final Map<Id, Map<String, byte[]>> objects = new HashMap<>();

    DataObjects() {}

    /** Whether it is the first of its kind, namespace and name; another one is not taken. */
    boolean add(Source.Kind kind, String namespace, String name, Map<String, byte[]> values) {
        return objects.putIfAbsent(new Id(kind, namespace, name), values) == null;
    }

    /** Whether the object itself is there. */
    public boolean has(Source.Reference reference) {
        return objects.containsKey(id(reference));
    }

    /** A copy of what a reference leads to; empty where the object, or its key, is not in the files. */
    public Optional<byte[]> value(Source.Reference reference) {
        return Optional.ofNullable(objects.getOrDefault(id(reference), Map.of()).get(reference.key()))
                .map(byte[]::clone);
    }

    private static Id id(Source.Reference reference) {
        return new Id(reference.kind(), reference.namespace(), reference.name());
    }

    /** Counts only: values may be secret. */
    @Override
    public String toString() {
        return "DataObjects[" + objects.size() + "]";
    }
}
