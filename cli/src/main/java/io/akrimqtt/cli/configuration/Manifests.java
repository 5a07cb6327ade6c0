package io.akrimqtt.cli.configuration;

import java.util.List;

/**
 * What a set of files holds.
 *
 * @param configurations those that could be read, in the order of the files
 * @param data the Secrets and ConfigMaps
 * @param findings everything there is to say, file by file, in the order of the lines
 */
public record Manifests(List<AkriConfiguration> configurations, DataObjects data, List<Finding> findings) {
    public Manifests {
        configurations = List.copyOf(configurations);
        findings = List.copyOf(findings);
    }

    /** Whether something is refused, or fails later. */
    public boolean broken() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
