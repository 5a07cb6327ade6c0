package io.akrimqtt.cli.command;

import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.configuration.DataObjects;
import io.akrimqtt.cli.configuration.ManifestReader;
import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.configuration.Severity;
import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoveryDetails;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A Configuration that our handler serves, with its details read.
 *
 * @param data the Secrets and ConfigMaps beside it
 */
record Served(AkriConfiguration configuration, DiscoveryDetails details, DataObjects data) {

    /** All of some files: one at least, and all readable; else what is wrong is told and the command ends. */
    static List<Served> read(List<Path> files, CliContext context) {
        return of(ManifestReader.read(files, CheckOptions.CLUSTER), CheckOptions.HANDLER_NAME, context);
    }

    /** All of what was read. */
    static List<Served> of(Manifests manifests, String handlerName, CliContext context) {
        var served = new ArrayList<Served>();
        boolean readable = true;
        for (var each : manifests.configurations()) {
            if (!each.handlerName().equals(handlerName)) {
                continue;
            }
            switch (DetailsParser.parse("discoveryDetails", each.details().text())) {
                case DetailsResult.Checked(var details) -> served.add(new Served(each, details, manifests.data()));
                case DetailsResult.Refused _ -> readable = false;
            }
        }
        if (served.isEmpty() || !readable) {
            manifests.findings().stream()
                    .filter(finding -> finding.severity() == Severity.ERROR)
                    .forEach(finding -> context.err().println(finding));
            throw new CliFailure(
                    ExitCode.USAGE,
                    readable
                            ? "no Configuration for the handler " + handlerName + " in the files"
                            : "the details have problems; 'akri-mqtt check' tells all");
        }
        return served;
    }

    /**
     * The only one, or the one of a name.
     *
     * @param name null for the only one
     */
    static Served one(List<Served> all, @Nullable String name) {
        var fitting = all.stream()
                .filter(each -> name == null || each.configuration().name().equals(name))
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        var names = all.stream().map(each -> each.configuration().name()).collect(Collectors.joining(", "));
        throw new CliFailure(
                ExitCode.USAGE,
                (name == null
                                ? all.size() + " Configurations in the files"
                                : fitting.size() + " Configurations of the name '" + name + "' in the files")
                        + " (expected: --name with one of " + names + ")");
    }
}
