package io.akrimqtt.cli.configuration;

import io.akrimqtt.cli.configuration.AkriConfiguration.DiscoveryProperty;
import io.akrimqtt.cli.configuration.Source.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is wrong with Configurations that can be read: rules over names, references, and all files together. */
final class ConfigurationRules {

    /** A pod is {@code <node>-<configuration>-<hash>-pod}: beside the two names it has 12 characters. */
    private static final int POD_NAME_REST = 12;

    private static final int LABEL = 63;

    private final CheckOptions options;
    private final DataObjects data;
    private final Map<String, AkriConfiguration> names = new HashMap<>();

    ConfigurationRules(CheckOptions options, DataObjects data) {
        this.options = options;
        this.data = data;
    }

    /** Findings go to the file that they concern: each file has its own collection, of the same name. */
    void check(List<AkriConfiguration> configurations, List<Findings> findings) {
        for (var configuration : configurations) {
            findings.stream()
                    .filter(one -> one.file().equals(configuration.file()))
                    .findFirst()
                    .ifPresent(one -> check(configuration, one));
        }
    }

    private void check(AkriConfiguration configuration, Findings findings) {
        name(configuration, findings);
        configuration.properties().forEach(property -> reference(property.source(), findings));
        var workload = configuration.workload();
        if (workload != null) {
            workload.environment().forEach(variable -> reference(variable.source(), findings));
        }
        if (configuration.handlerName().equals(options.handlerName())) {
            ours(configuration, findings);
        } else {
            findings.add(
                    Severity.WARNING,
                    configuration.line(),
                    configuration.column(),
                    "spec.discoveryHandler.name",
                    "the handler " + Quote.of(configuration.handlerName()) + ": its details are not looked at",
                    "'" + options.handlerName() + "' for the handler of akri-mqtt");
        }
    }

    private void name(AkriConfiguration configuration, Findings findings) {
        var name = configuration.name();
        int max = Math.max(1, LABEL - POD_NAME_REST - options.nodeNameLength());
        if (!name.matches("[a-z]([-a-z0-9]*[a-z0-9])?")) {
            error(
                    configuration,
                    findings,
                    Quote.of(name),
                    "lower-case letters, digits and -, a letter first, no - last");
        }
        if (name.length() > max) {
            error(
                    configuration,
                    findings,
                    Quote.of(name) + ", " + name.length() + " characters",
                    "at most %d: its pods are called <node>-<name>-<hash>-pod, at most 63 characters, and a node's name is taken to have %d; --node tells another"
                            .formatted(max, options.nodeNameLength()));
        }
        var other = names.putIfAbsent(name, configuration);
        if (other != null) {
            error(
                    configuration,
                    findings,
                    Quote.of(name) + " for the second time, after " + other.file() + ":" + other.line(),
                    "a name of its own: Akri's agents do not tell namespaces apart");
        }
    }

    private static void error(AkriConfiguration configuration, Findings findings, String found, String expected) {
        findings.add(Severity.ERROR, configuration.line(), configuration.column(), "metadata.name", found, expected);
    }

    private void reference(Source source, Findings findings) {
        if (!(source instanceof Reference reference) || data.value(reference).isPresent() || reference.optional()) {
            return;
        }
        boolean there = data.has(reference);
        var title = reference.kind().title();
        findings.add(
                there || !options.cluster() ? Severity.ERROR : Severity.WARNING,
                reference.line(),
                reference.column(),
                reference.kind().referenceKey(),
                there
                        ? "%s %s/%s has no key %s"
                                .formatted(title, reference.namespace(), reference.name(), Quote.of(reference.key()))
                        : "%s %s/%s is not in these files".formatted(title, reference.namespace(), reference.name()),
                there
                        ? "one of its keys"
                        : "the " + title + " in one of them" + (options.cluster() ? ", or in the cluster" : ""));
    }

    private static void ours(AkriConfiguration configuration, Findings findings) {
        var names = DetailsFindings.check(configuration.details(), findings)
                .map(PropertyNames::ofServers)
                .orElse(PropertyNames.DISCOVERY);
        for (DiscoveryProperty property : configuration.properties()) {
            if (!names.contains(property.name()) && property.source() instanceof Reference reference) {
                findings.add(
                        Severity.WARNING,
                        reference.line(),
                        reference.column(),
                        "discoveryProperties",
                        Quote.of(property.name()) + ", which the handler does not know",
                        "one of " + String.join(", ", names));
            }
        }
    }
}
