package io.akrimqtt.cli.access;

import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.DataObjects;
import io.akrimqtt.cli.configuration.Source;
import io.akrimqtt.handler.details.DiscoverySecrets;
import io.akrimqtt.handler.details.TlsRules;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.serving.Environment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** As whom to connect, and whom to trust. */
public record Access(Credentials credentials, TlsOptions tls) {

    private static final List<String> PROPERTIES =
            List.of("mqtt_username", "mqtt_password", "mqtt_ca", "mqtt_cert", "mqtt_key");

    /**
     * Finds out: what the environment holds ({@code MQTT_USERNAME}, {@code MQTT_PASSWORD}, {@code MQTT_CA}, {@code MQTT_CERT},
     * {@code MQTT_KEY}, each also with {@code _FILE}) wins over what the Configuration refers to.
     *
     * @throws AccessException where something is missing or is not what it should be
     */
    public static Access of(AkriConfiguration configuration, DataObjects data, Map<String, String> variables)
            throws AccessException {
        var environment = new Environment(variables);
        var values = new HashMap<String, byte[]>();
        for (var name : PROPERTIES) {
            environment
                    .secret(name.toUpperCase(Locale.ROOT))
                    .ifPresent(value -> values.put(name, value.getBytes(StandardCharsets.UTF_8)));
        }
        var problems = new ArrayList<>(environment.problems());
        for (var property : configuration.properties()) {
            if (PROPERTIES.contains(property.name()) && !values.containsKey(property.name())) {
                value(property, data, problems).ifPresent(bytes -> values.put(property.name(), bytes));
            }
        }
        if (!problems.isEmpty()) {
            throw new AccessException(String.join("\n", problems));
        }
        return switch (DiscoverySecrets.read(values)) {
            case DiscoverySecrets.Result.Accepted(var credentials, var tls) -> new Access(credentials, tls);
            case DiscoverySecrets.Result.Refused(var wrong) ->
                throw new AccessException(
                        String.join("\n", wrong.stream().map(Object::toString).toList()));
        };
    }

    /** The same under what the details say about TLS. */
    public Access under(TlsRules rules) {
        return new Access(credentials, rules.applied(tls));
    }

    private static Optional<byte[]> value(
            AkriConfiguration.DiscoveryProperty property, DataObjects data, List<String> problems) {
        return switch (property.source()) {
            case Source.Literal(var value) -> Optional.of(value.getBytes(StandardCharsets.UTF_8));
            case Source.Reference reference -> {
                var value = data.value(reference);
                if (value.isEmpty() && !reference.optional()) {
                    var variable = property.name().toUpperCase(Locale.ROOT);
                    problems.add(
                            property.name() + ": " + reference + " is not in the files (expected: it in the files, or "
                                    + variable + " or " + variable + "_FILE in the environment)");
                }
                yield value;
            }
        };
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "Access[***]";
    }
}
