package io.akrimqtt.cli.configuration;

import java.util.Locale;

/** Where a value comes from. */
public sealed interface Source {

    /** Written in place. */
    record Literal(String value) implements Source {
        /** Without the value: it may be secret, against all advice. */
        @Override
        public String toString() {
            return "Literal";
        }
    }

    /**
     * A key of a Secret or a ConfigMap.
     *
     * @param line where the reference stands, from 1
     * @param optional whether it may be missing
     */
    record Reference(Kind kind, String namespace, String name, String key, boolean optional, int line, int column)
            implements Source {
        @Override
        public String toString() {
            return "%s %s/%s, key %s".formatted(kind.title(), namespace, name, key);
        }
    }

    /** What can be referred to. */
    enum Kind {
        SECRET("Secret"),
        CONFIG_MAP("ConfigMap");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** As Kubernetes writes it. */
        public String title() {
            return title;
        }

        /** As Akri and Kubernetes write a reference to it. */
        public String referenceKey() {
            return title.substring(0, 1).toLowerCase(Locale.ROOT) + title.substring(1) + "KeyRef";
        }
    }
}
