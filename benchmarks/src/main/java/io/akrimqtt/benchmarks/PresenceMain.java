package io.akrimqtt.benchmarks;

import io.akrimqtt.benchmarks.Rounds.Measurement;
import io.akrimqtt.benchmarks.Rounds.Rate;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many messages per second the discovery handler takes from Mosquitto, from MQTT to the presence decision and its
 * acknowledgement, beside what the bare HiveMQ client takes. Arguments: rounds (3), seconds for each measurement (4),
 * quality of service (0).
 */
public final class PresenceMain {

    private static final int SIZE = 20;
    private static final int WINDOW = 8_000;

    private static final List<String> TOPICS = IntStream.range(100, 350)
            .mapToObj(i -> "plant/device-" + i + "/state")
            .toList();

    private PresenceMain() {}

    /** Opens a receiver of what is published below {@code plant}. */
    private interface Opening {
        Receiver open(Mosquitto server);
    }

    public static void main(String[] arguments) throws IOException {
        var rounds = Rounds.of(arguments);
        int qos = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        rounds.run(
                "Presence of 250 devices at QoS " + qos + ", Mosquitto, one JVM",
                List.of(
                        measurement(qos, server -> new BareReceiver(server.port(), "plant/+/state")),
                        measurement(qos, server -> new PresenceReceiver(server.url(), "plant/+/state"))));
        System.exit(0);
    }

    private static Measurement measurement(int qos, Opening opening) {
        return seconds -> {
            try (var server = Mosquitto.start();
                    var receiver = opening.open(server);
                    var _ = Load.start(server.port(), TOPICS, SIZE, qos, WINDOW, receiver::received)) {
                return Rate.of(receiver, seconds);
            }
        };
    }
}
