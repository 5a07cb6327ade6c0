package io.akrimqtt.cli.cluster.store;

import io.akrimqtt.cli.cluster.Caller;
import java.util.Comparator;

/** Who owns fields: a name is one manager for what it applied and another for what it wrote otherwise. */
record Manager(String name, Operation operation, String subresource) implements Comparable<Manager> {

    /** As in {@code managedFields}. */
    enum Operation {
        APPLY("Apply"),
        UPDATE("Update");

        private final String text;

        Operation(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    private static final Comparator<Manager> ORDER = Comparator.comparing(Manager::name)
            .thenComparing(Manager::operation)
            .thenComparing(Manager::subresource);

    static Manager applying(Caller caller) {
        return new Manager(caller.fieldManager(), Operation.APPLY, "");
    }

    static Manager writing(Caller caller, String subresource) {
        var name = caller.fieldManager().isEmpty() ? "unknown" : caller.fieldManager();
        return new Manager(name, Operation.UPDATE, subresource);
    }

    /** As in the messages about conflicts. */
    String named(String apiVersion) {
        return switch (operation) {
            case APPLY -> '"' + name + '"';
            case UPDATE ->
                '"' + name + '"' + (subresource.isEmpty() ? "" : " with subresource \"" + subresource + '"') + " using "
                        + apiVersion;
        };
    }

    @Override
    public int compareTo(Manager other) {
        return ORDER.compare(this, other);
    }
}
