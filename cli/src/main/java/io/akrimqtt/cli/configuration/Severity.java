package io.akrimqtt.cli.configuration;

/** How bad a finding is. */
public enum Severity {
    /** Akri, Kubernetes or the handler refuses it, or it fails later. */
    ERROR,
    /** It works only if something holds that these files do not show. */
    WARNING,
    /** Worth knowing. */
    NOTE
}
