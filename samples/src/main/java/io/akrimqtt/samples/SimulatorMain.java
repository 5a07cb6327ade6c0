package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.serving.Environment;
import io.akrimqtt.serving.Lifeline;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;

/** Runs simulated devices until it is stopped. {@code SIGTERM} ends them cleanly, {@code kill -9} leaves it to their Last Wills. */
public final class SimulatorMain {

    private static final int USAGE_ERROR = 2;

    private SimulatorMain() {}

    /** Exit code 2 for arguments or settings that are wrong. */
    public static void main(String[] args) {
        if (List.of(args).contains("--help")) {
            System.out.print(Arguments.USAGE);
            return;
        }
        var environment = new Environment(System.getenv());
        var credentials = Credentials.of(
                environment.secret("MQTT_USERNAME").orElse(null),
                environment
                        .secret("MQTT_PASSWORD")
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .orElse(null));
        try {
            var arguments = Arguments.parse(List.of(args), environment.problems());
            run(arguments, credentials, environment.text(Lifeline.VARIABLE, ""));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(Arguments.USAGE);
            System.exit(USAGE_ERROR);
        }
    }

    private static void run(Arguments arguments, Credentials credentials, String lifeline) {
        var fleet = Fleet.create(
                arguments.machines(),
                session -> MqttPubSubClient.create(arguments.server(), credentials, TlsOptions.DEFAULT, session),
                InstantSource.system(),
                System.out::println);
        Runtime.getRuntime().addShutdownHook(new Thread(fleet::close, "stop"));
        Lifeline.hold(lifeline, System.in, () -> System.exit(0));
        fleet.start();
    }
}
