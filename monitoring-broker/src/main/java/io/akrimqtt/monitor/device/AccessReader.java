package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.serving.Environment;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads who the workload is to its MQTT servers, each value from {@code NAME} or from the file that {@code NAME_FILE} names.
 * Confined to the thread that starts the program.
 */
final class AccessReader {

    private final Environment environment;

    AccessReader(Environment environment) {
        this.environment = environment;
    }

    Credentials credentials() {
        var username = environment.secret("MQTT_USERNAME");
        var password = environment.secret("MQTT_PASSWORD");
        return Credentials.of(
                username.orElse(null),
                password.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null));
    }

    TlsOptions tls() {
        var authorities = pem("MQTT_CA", "certificates");
        var certificate = pem("MQTT_CERT", "a certificate");
        var key = pem("MQTT_KEY", "a private key");
        if (certificate.isPresent() && key.isEmpty()) {
            environment.problem("MQTT_CERT", "is set without MQTT_KEY", "both or none");
        }
        if (key.isPresent() && certificate.isEmpty()) {
            environment.problem("MQTT_KEY", "is set without MQTT_CERT", "both or none");
        }
        return new TlsOptions(authorities.orElse(null), certificate.orElse(null), key.orElse(null), null, false);
    }

    private Optional<String> pem(String name, String what) {
        var text = environment.secret(name);
        if (text.isPresent() && !text.get().contains("-----BEGIN ")) {
            environment.problem(name, "holds no PEM", what + " between -----BEGIN and -----END");
        }
        return text;
    }
}
