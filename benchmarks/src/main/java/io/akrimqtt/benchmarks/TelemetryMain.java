package io.akrimqtt.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many messages per second come from Mosquitto to a gRPC caller through a monitoring broker, beside what the bare HiveMQ client
 * takes from the same Mosquitto. Arguments: rounds (3), seconds for each measurement (4), quality of service (0).
 */
public final class TelemetryMain {

    private static final int SIZE = 100;

    /** On their way at most: many, since on a busy machine each thread waits for its turn; less than the receiver's log holds. */
    private static final int WINDOW = 50_000;

    private static final List<String> TOPICS =
            IntStream.range(0, 10).mapToObj(i -> "pump/" + i).toList();

    private TelemetryMain() {}

    public static void main(String[] arguments) throws IOException {
        var rounds = Rounds.of(arguments);
        int qos = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 0;
        var flood = new Flood(TOPICS, SIZE, qos, WINDOW);
        rounds.run(
                "Telemetry of " + SIZE + " bytes at QoS " + qos + ", Mosquitto, one JVM",
                List.of(
                        flood.to(server -> new BareReceiver(server.port(), "pump/#")),
                        flood.to(server -> new WorkloadReceiver("to gRPC, in batches", server.url(), "pump", 500)),
                        flood.to(server -> new WorkloadReceiver("to gRPC, one by one", server.url(), "pump", 1))));
        // What the libraries still have running is of no interest.
        System.exit(0);
    }
}
