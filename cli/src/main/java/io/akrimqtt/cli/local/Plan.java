package io.akrimqtt.cli.local;

import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.CheckOptions;
import io.akrimqtt.cli.configuration.ManifestReader;
import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.samples.Sample;
import java.util.List;

/** Which Configurations a run works on: people's own, or the sample with the embedded MQTT server's address. */
public final class Plan {

    /** The address that stands in the sample. */
    private static final String SAMPLE_URL = "tcp://127.0.0.1:1883";

    private Plan() {}

    /** Reads and checks them; what is wrong is found before anything is started. */
    public static Manifests read(LocalOptions options) {
        return options.sample()
                ? sample(options, SAMPLE_URL)
                : ManifestReader.read(options.configurations(), check(options));
    }

    /** The sample for an MQTT server that now runs. */
    static Manifests sample(LocalOptions options, ServerUrl url) {
        return sample(options, url.toString());
    }

    private static Manifests sample(LocalOptions options, String url) {
        return ManifestReader.read(
                "samples/factory/configuration.yaml",
                Sample.FACTORY.configuration().replace(SAMPLE_URL, url),
                check(options));
    }

    private static CheckOptions check(LocalOptions options) {
        int longest =
                options.nodeNames().stream().mapToInt(String::length).max().orElseThrow();
        return new CheckOptions(longest, CheckOptions.HANDLER_NAME, false);
    }

    /** Those that our handler serves. */
    static List<AkriConfiguration> served(Manifests manifests) {
        return manifests.configurations().stream().filter(Plan::served).toList();
    }

    private static boolean served(AkriConfiguration configuration) {
        return configuration.handlerName().equals(CheckOptions.HANDLER_NAME);
    }

    /** Those that are for another handler. */
    static List<AkriConfiguration> ignored(Manifests manifests) {
        return manifests.configurations().stream()
                .filter(configuration -> !served(configuration))
                .toList();
    }
}
