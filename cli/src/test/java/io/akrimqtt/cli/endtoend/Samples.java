package io.akrimqtt.cli.endtoend;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The sample Configurations, as they stand in the repository. */
final class Samples {

    private Samples() {}

    /** A copy of a sample's Configuration that names this MQTT server. */
    static Path configuration(String sample, ServerUrl url, Path folder) throws IOException {
        var text = Files.readString(Cli.home().resolve("samples/" + sample + "/configuration.yaml"));
        return Files.writeString(
                folder.resolve(sample + ".yaml"), text.replace("tcp://127.0.0.1:1883", url.toString()));
    }
}
