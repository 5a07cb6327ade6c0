package io.akrimqtt.monitor.device;

import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.monitor.access.RulesFile;
import io.akrimqtt.serving.Environment;
import io.akrimqtt.serving.ListenAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads who may call the gRPC listener. Confined to the thread that starts the program. */
final class GuardReader {

    private static final String RULES = "AKRI_MQTT_GRPC_RULES";
    private static final String CERT = "AKRI_MQTT_GRPC_CERT";
    private static final String KEY = "AKRI_MQTT_GRPC_KEY";
    private static final String CLIENT_CA = "AKRI_MQTT_GRPC_CLIENT_CA";
    private static final String TOKEN_KEYS = "AKRI_MQTT_GRPC_TOKEN_KEYS";
    private static final String TOKEN_URL = "AKRI_MQTT_GRPC_TOKEN_KEYS_URL";
    private static final String TOKEN_URL_CA = "AKRI_MQTT_GRPC_TOKEN_KEYS_CA";
    private static final String ISSUER = "AKRI_MQTT_GRPC_TOKEN_ISSUER";
    private static final String AUDIENCE = "AKRI_MQTT_GRPC_TOKEN_AUDIENCE";
    private static final String UNGUARDED = "AKRI_MQTT_GRPC_UNGUARDED";

    private final Environment environment;
    private final Consumer<String> problems;

    /** @param problems gets those of the rules' file, one sentence each */
    GuardReader(Environment environment, Consumer<String> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    AccessSettings read(ListenAddress address) {
        var certificate = environment.secret(CERT);
        var key = environment.secret(KEY);
        var clients = environment.secret(CLIENT_CA);
        var tokens = tokens();
        var rules = rules();
        if (certificate.isPresent() != key.isPresent()) {
            environment.problem(certificate.isPresent() ? CERT : KEY, "is set alone", CERT + " and " + KEY);
        }
        if (clients.isPresent() && certificate.isEmpty()) {
            environment.problem(CLIENT_CA, "is set without " + CERT, "TLS, where clients show certificates");
        }
        if (rules.isPresent() && clients.isEmpty() && tokens == null) {
            environment.problem(
                    RULES, "is set, but callers cannot show who they are", CLIENT_CA + ", or " + TOKEN_KEYS);
        }
        if (rules.isEmpty() && (clients.isPresent() || tokens != null)) {
            environment.problem(RULES, "is not set, but callers can show who they are", RULES + "_FILE");
        }
        beyondLoopback(address, rules.isPresent(), certificate.isPresent());
        return new AccessSettings(
                certificate.orElse(null),
                key.orElse(null),
                clients.orElse(null),
                tokens,
                rules.orElse(AccessRules.OPEN),
                new AccessSettings.Files(file(CERT), file(KEY), file(CLIENT_CA), file(TOKEN_KEYS), file(RULES)));
    }

    private @Nullable Path file(String name) {
        return environment.optional(name + "_FILE").map(Path::of).orElse(null);
    }

    private void beyondLoopback(ListenAddress address, boolean rules, boolean tls) {
        var unguarded = environment.word(UNGUARDED, "no", List.of("no", "yes"));
        if (address.local() || unguarded.equals("yes") || (rules && tls)) {
            return;
        }
        var missing = rules ? "without TLS" : "without rules";
        environment.problem(
                "AKRI_MQTT_GRPC_LISTEN",
                "listens beyond loopback " + missing,
                RULES + "_FILE with " + CERT + " and " + KEY + ", an address of loopback, or " + UNGUARDED + "=yes");
    }

    private Optional<AccessRules> rules() {
        return environment.secret(RULES).map(text -> {
            var name = environment.optional(RULES + "_FILE").orElse(RULES);
            var read = RulesFile.read(name, text);
            read.problems().forEach(problems);
            return read.rules();
        });
    }

    private AccessSettings.@Nullable TokenSettings tokens() {
        var keys = environment.secret(TOKEN_KEYS);
        var url = environment.optional(TOKEN_URL);
        var issuer = environment.optional(ISSUER);
        var audience = environment.optional(AUDIENCE);
        if (keys.isEmpty() && url.isEmpty()) {
            if (issuer.isPresent() || audience.isPresent()) {
                environment.problem(TOKEN_KEYS, "is not set", TOKEN_KEYS + "_FILE or " + TOKEN_URL);
            }
            return null;
        }
        if (keys.isPresent() && url.isPresent()) {
            environment.problem(TOKEN_URL, "is set, and so is " + TOKEN_KEYS, "one of them");
        }
        if (url.isPresent() && !https(url.get())) {
            environment.problem(TOKEN_URL, "is no https URL", "https://...");
        }
        var authorities = environment.secret(TOKEN_URL_CA);
        if (authorities.isPresent() && url.isEmpty()) {
            environment.problem(TOKEN_URL_CA, "is set without " + TOKEN_URL, "both or none");
        }
        if (issuer.isEmpty() || audience.isEmpty()) {
            environment.problem(
                    issuer.isEmpty() ? ISSUER : AUDIENCE, "is not set", "what tokens have to say, as keys are given");
        }
        return new AccessSettings.TokenSettings(
                keys.orElse(""), url.orElse(""), issuer.orElse(""), audience.orElse(""), authorities.orElse(null));
    }

    /** Without user information: that would be a secret in a place where secrets are not masked. */
    private static boolean https(String text) {
        try {
            var url = URI.create(text);
            return "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null && url.getUserInfo() == null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
