package io.akrimqtt.dispatcher;

import io.akrimqtt.dispatcher.routes.Route;
import io.akrimqtt.dispatcher.routes.RouteProblem;
import io.akrimqtt.dispatcher.routes.RoutesFile;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.serving.Environment;
import io.akrimqtt.serving.Lifeline;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the dispatcher is told by its environment and its file of routes. */
record DispatcherSettings(
        ServerUrl server,
        Credentials credentials,
        TlsOptions tls,
        String clientId,
        Duration sessionExpiry,
        ListenAddress http,
        String lifeline,
        List<Route> routes,
        Map<String, String> effective) {

    /** What came of reading them. */
    sealed interface Result {
        record Valid(DispatcherSettings settings) implements Result {}

        record Invalid(List<String> problems) implements Result {
            String text() {
                return "invalid settings:\n  " + String.join("\n  ", problems) + "\n";
            }
        }
    }

    static Result read(Map<String, String> variables) {
        var environment = new Environment(variables);
        var server =
                environment.checked("MQTT_SERVER_URL", "tcp://localhost:1883", ServerUrl::problem, ServerUrl::parse);
        if (environment.optional("MQTT_SERVER_URL").isEmpty()) {
            environment.problem("MQTT_SERVER_URL", "is not set", "such as tcp://host:1883 or ssl://host:8883");
        }
        var credentials = Credentials.of(
                environment.optional("MQTT_USERNAME").orElse(null),
                environment
                        .secret("MQTT_PASSWORD")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .orElse(null));
        var tls = new TlsOptions(
                environment.secret("MQTT_CA").orElse(null),
                environment.secret("MQTT_CERT").orElse(null),
                environment.secret("MQTT_KEY").orElse(null),
                null,
                false);
        var clientId = environment.text(
                "MQTT_CLIENT_ID", "akri-mqtt-dispatcher-" + variables.getOrDefault("HOSTNAME", "local"));
        var expiry = environment.duration("AKRI_MQTT_SESSION_EXPIRY", "1h", Duration.ZERO, Duration.ofDays(7));
        var http = environment.address("AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:8080");
        environment.logLevel();
        var lifeline = environment.text(Lifeline.VARIABLE, "");
        var file = environment.required("AKRI_MQTT_ROUTES", "the path of a file of routes");
        var routesProblems = new ArrayList<String>();
        var routes = routes(file, routesProblems);
        var problems = new ArrayList<>(environment.problems());
        problems.addAll(routesProblems);
        return problems.isEmpty()
                ? new Result.Valid(new DispatcherSettings(
                        server, credentials, tls, clientId, expiry, http, lifeline, routes, environment.effective()))
                : new Result.Invalid(problems);
    }

    private static List<Route> routes(String file, List<String> problems) {
        if (file.isEmpty()) {
            return List.of();
        }
        try {
            var path = Path.of(file);
            if (Files.size(path) > 4L * RoutesFile.LARGEST) {
                problems.add(file + ": larger than 1 MiB (expected: a file of routes)");
                return List.of();
            }
            return switch (RoutesFile.read(file, Files.readString(path))) {
                case RoutesFile.Result.Valid(var routes) -> routes;
                case RoutesFile.Result.Invalid(var found) -> {
                    found.stream().map(RouteProblem::toString).forEach(problems::add);
                    yield List.of();
                }
            };
        } catch (IOException | IllegalArgumentException e) {
            problems.add("AKRI_MQTT_ROUTES: '" + file + "' cannot be read (expected: a readable file in UTF-8)");
            return List.of();
        }
    }
}
