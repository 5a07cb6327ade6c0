package io.akrimqtt.cli.configuration;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.WatchedServer;
import java.util.List;
import java.util.Set;

/** Names that become environment variables of workloads, or properties of discovery. */
final class PropertyNames {

    private static final String IDENTIFIER = "[A-Za-z_][A-Za-z0-9_]*";
    private static final String IDENTIFIER_RULE =
            "letters, digits and _, not a digit first: it becomes an environment variable";

    /** What the handler says of each device itself. */
    private static final Set<String> OF_THE_DEVICE = Set.of(
            "MQTT_DEVICE_ID",
            "MQTT_DEVICE_NAME",
            "MQTT_SERVER_URLS",
            "MQTT_TOPICS",
            "MQTT_COMMAND_TOPIC",
            "MQTT_RESPONSE_TOPIC",
            "MQTT_MEMBERS",
            "MQTT_MEMBER_COMMAND_TOPIC",
            "MQTT_MEMBER_RESPONSE_TOPIC",
            "MQTT_STATUS_TOPIC",
            "MQTT_CONVENTION",
            "MQTT_REPORTED_BY");

    private static final Set<String> CREDENTIALS =
            Set.of("MQTT_USERNAME", "MQTT_PASSWORD", "MQTT_CA", "MQTT_CERT", "MQTT_KEY");

    private static final List<String> SECRETS = List.of("username", "password", "ca", "cert", "key");

    /** The discovery properties of our handler where the details name no others. */
    static final List<String> DISCOVERY = named(WatchedServer.CREDENTIALS);

    private PropertyNames() {}

    static void checkBrokerProperty(String name, YamlValue value) {
        if (!name.matches(IDENTIFIER)) {
            value.error("the name " + Quote.of(name), IDENTIFIER_RULE);
        } else if (CREDENTIALS.contains(name)) {
            value.error(
                    "credentials in a property, where everybody sees them", "them in the pod template, from a Secret");
        } else if (OF_THE_DEVICE.contains(name)) {
            value.error("the name of a device's own property, which it would replace for every device", "another name");
        }
    }

    /** The custom resource definition's rule for discovery properties. */
    static void checkDiscoveryProperty(String name, YamlValue value) {
        if (!name.matches(IDENTIFIER)) {
            value.error(Quote.of(name), "letters, digits and _, not a digit first");
        }
    }

    /** The discovery properties of our handler for the MQTT servers of the details. */
    static List<String> ofServers(DiscoveryDetails details) {
        return details.servers().stream()
                .map(WatchedServer::credentials)
                .distinct()
                .flatMap(prefix -> named(prefix).stream())
                .toList();
    }

    private static List<String> named(String prefix) {
        return SECRETS.stream().map(name -> prefix + "_" + name).toList();
    }
}
