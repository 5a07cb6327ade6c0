package io.akrimqtt.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/**
 * How many messages per second the discovery handler takes from Mosquitto, from MQTT to the presence decision and its
 * acknowledgement, beside what the bare HiveMQ client takes; and how long a decision takes where 5,000 messages come per second.
 * Arguments: rounds (3), seconds for each measurement (4), quality of service (0).
 */
public final class PresenceMain {

    private static final int SIZE = 20;
    private static final int WINDOW = 8_000;
    private static final int PACE = 5_000;

    private static final List<String> TOPICS = IntStream.range(100, 350)
            .mapToObj(i -> "plant/device-" + i + "/state")
            .toList();

    private PresenceMain() {}

    public static void main(String[] arguments) throws IOException {
        var rounds = Rounds.of(arguments);
        int qos = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        var flood = new Flood(TOPICS, SIZE, qos, WINDOW);
        rounds.run(
                "Presence of 250 devices at QoS " + qos + ", Mosquitto, one JVM",
                List.of(
                        flood.to(server -> new BareReceiver(server.port(), "plant/+/state")),
                        flood.to(server -> new PresenceReceiver(server.url(), "plant/+/state"))));
        latency(qos, rounds.seconds());
        System.exit(0);
    }

    /** The sender is a client in the same process, so times from the sending are longer than those of a device elsewhere. */
    private static void latency(int qos, int seconds) throws IOException {
        int count = PACE * seconds;
        var fromArrival = new Times(count);
        var fromSending = new Times(count);
        var measuring = new AtomicBoolean();
        try (var server = Mosquitto.start();
                var _ = new PresenceReceiver(server.url(), "plant/+/state", delivery -> {
                    if (measuring.get()) {
                        long now = System.nanoTime();
                        fromArrival.add(now - delivery.receivedNanos());
                        fromSending.add(now
                                - ByteBuffer.wrap(delivery.message().payload()).getLong());
                    }
                })) {
            var device = new BareSender(server.port(), qos);
            device.send(TOPICS, PACE, PACE);
            Rounds.pause(1);
            measuring.set(true);
            device.send(TOPICS, PACE, count);
            fromArrival.complete();
            fromSending.complete();
            device.close();
        }
        System.out.printf("Time to the decision at %,d per second, of %d s%n", PACE, seconds);
        fromArrival.print("from a message's arrival");
        fromSending.print("from its sending");
    }
}
