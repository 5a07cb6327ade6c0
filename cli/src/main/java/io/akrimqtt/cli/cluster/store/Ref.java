package io.akrimqtt.cli.cluster.store;

import io.akrimqtt.cli.cluster.Resource;
import java.util.Comparator;

/** Where an object lives; the namespace is empty for kinds without. */
record Ref(Resource resource, String namespace, String name) implements Comparable<Ref> {

    private static final Comparator<Ref> ORDER =
            Comparator.comparing(Ref::resource).thenComparing(Ref::namespace).thenComparing(Ref::name);

    @Override
    public int compareTo(Ref other) {
        return ORDER.compare(this, other);
    }

    /** As in the API server's messages: {@code instances.akri.sh "x"}. */
    @Override
    public String toString() {
        var group = resource.group().isEmpty() ? "" : "." + resource.group();
        return resource.plural() + group + " \"" + name + "\"";
    }
}
