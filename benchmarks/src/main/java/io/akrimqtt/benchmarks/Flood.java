package io.akrimqtt.benchmarks;

import io.akrimqtt.benchmarks.Rounds.Measurement;
import io.akrimqtt.benchmarks.Rounds.Rate;
import java.io.IOException;
import java.util.List;

/**
 * One sender, Mosquitto, and a receiver that gets as much as it takes.
 *
 * @param size of each payload, in bytes
 * @param window how many messages are on their way at most
 */
record Flood(List<String> topics, int size, int qos, int window) {

    /** Opens a receiver of what is published to the topics. */
    interface Opening {
        Receiver open(Mosquitto server) throws IOException;
    }

    Measurement to(Opening opening) {
        return seconds -> {
            try (var server = Mosquitto.start();
                    var receiver = opening.open(server);
                    var _ = Load.start(server.port(), topics, size, qos, window, receiver::received)) {
                return Rate.of(receiver, seconds);
            }
        };
    }
}
