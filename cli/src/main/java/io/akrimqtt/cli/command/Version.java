package io.akrimqtt.cli.command;

import java.io.IOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that Maven has written into the jar. */
final class Version implements IVersionProvider {

    private static final String RESOURCE = "/META-INF/maven/io.akrimqtt/akri-mqtt-cli/pom.properties";

    @Override
    public String[] getVersion() {
        return new String[] {"akri-mqtt " + number(), "Java " + Runtime.version()};
    }

    private static String number() {
        try (var in = Version.class.getResourceAsStream(RESOURCE)) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "(unpackaged)");
        } catch (IOException _) {
            return "(unpackaged)";
        }
    }
}
