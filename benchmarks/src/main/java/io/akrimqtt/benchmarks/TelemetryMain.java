package io.akrimqtt.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * How many messages per second come from Mosquitto to a gRPC caller through a monitoring broker, beside what the bare HiveMQ client
 * takes from the same Mosquitto. Arguments: rounds (3), seconds for each measurement (4).
 */
public final class TelemetryMain {

    private static final int SIZE = 100;

    /** On their way at most; less than the log holds, so that no gap hides a slow reader. */
    private static final int WINDOW = 8_000;

    private final int rounds;
    private final int seconds;

    private TelemetryMain(int rounds, int seconds) {
        this.rounds = rounds;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
        int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4;
        new TelemetryMain(rounds, seconds).run();
        // What the libraries still have running is of no interest.
        System.exit(0);
    }

    /** Opens a receiver of what is published below a topic. */
    private interface Opening {
        Receiver open(Mosquitto server) throws IOException;
    }

    private void run() throws IOException {
        List<Opening> all = List.of(
                server -> new BareReceiver(server.port(), "pump/#"),
                server -> new WorkloadReceiver("to gRPC, in batches of up to 500", server.url(), "pump", 500),
                server -> new WorkloadReceiver("to gRPC, one by one", server.url(), "pump", 1));
        System.out.printf(
                "Telemetry: %d bytes, Mosquitto, one JVM, %d processors; median of %d rounds of %d s%n",
                SIZE, Runtime.getRuntime().availableProcessors(), rounds, seconds);
        for (int qos = 0; qos <= 1; qos++) {
            Map<String, List<Double>> rates = new LinkedHashMap<>();
            // The first round warms up.
            for (int round = 0; round <= rounds; round++) {
                for (var opening : all) {
                    measure(opening, qos, round > 0, rates);
                }
            }
            print(qos, rates);
        }
    }

    private void measure(Opening opening, int qos, boolean counts, Map<String, List<Double>> rates) throws IOException {
        try (var server = Mosquitto.start();
                var receiver = opening.open(server);
                var _ = Load.start(server.port(), "pump", SIZE, qos, WINDOW, receiver::received)) {
            pause(1);
            long before = receiver.received();
            long began = System.nanoTime();
            pause(seconds);
            double rate = (receiver.received() - before) / ((System.nanoTime() - began) / 1e9);
            if (counts) {
                rates.computeIfAbsent(receiver.name(), _ -> new ArrayList<>()).add(rate);
            }
        }
    }

    private static void pause(int seconds) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void print(int qos, Map<String, List<Double>> rates) {
        double bare = 0;
        for (var line : rates.entrySet()) {
            var sorted = line.getValue().stream().sorted().toList();
            double median = sorted.get(sorted.size() / 2);
            bare = bare == 0 ? median : bare;
            System.out.printf("  QoS %d  %-36s %,10.0f/s   %.2f%n", qos, line.getKey(), median, median / bare);
        }
    }
}
