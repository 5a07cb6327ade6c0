package io.akrimqtt.benchmarks;

import io.akrimqtt.benchmarks.Rounds.Measurement;
import io.akrimqtt.benchmarks.Rounds.Rate;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many commands per second are answered over Mosquitto, caller and device in one process, beside two bare HiveMQ clients; and
 * how long one takes where 5,000 are asked per second. Arguments: rounds (3), seconds for each measurement (4).
 */
public final class CommandsMain {

    private static final int AT_A_TIME = 200;
    private static final int PACE = 5_000;

    private CommandsMain() {}

    /** Opens somebody to be asked. */
    private interface Opening {
        Asking open(Mosquitto server);
    }

    public static void main(String[] arguments) throws IOException {
        var rounds = Rounds.of(arguments);
        List<Opening> all =
                List.of(server -> new BareAsking(server.port()), server -> new CommandAsking(server.url(), AT_A_TIME));
        rounds.run(
                "Round trips, " + AT_A_TIME + " at a time, QoS 1, Mosquitto, one JVM",
                all.stream().map(CommandsMain::roundTrips).toList());
        System.out.printf("Time of a round trip at %,d per second, of %d s%n", PACE, rounds.seconds());
        for (var opening : all) {
            latency(opening, rounds.seconds());
        }
        System.exit(0);
    }

    private static Measurement roundTrips(Opening opening) {
        return seconds -> {
            try (var server = Mosquitto.start();
                    var asking = opening.open(server)) {
                var answered = new LongAdder();
                for (int i = 0; i < AT_A_TIME; i++) {
                    askOnAndOn(asking, answered);
                }
                Rounds.pause(1);
                long before = answered.sum();
                long began = System.nanoTime();
                Rounds.pause(seconds);
                return new Rate(asking.name(), (answered.sum() - before) / ((System.nanoTime() - began) / 1e9));
            }
        };
    }

    private static void askOnAndOn(Asking asking, LongAdder answered) {
        asking.ask(() -> {
            answered.increment();
            askOnAndOn(asking, answered);
        });
    }

    private static void latency(Opening opening, int seconds) throws IOException {
        try (var server = Mosquitto.start();
                var asking = opening.open(server)) {
            paced(asking, PACE);
            paced(asking, PACE * seconds).print(asking.name());
        }
    }

    private static Times paced(Asking asking, int count) {
        var times = new Times(count);
        Times.paced(PACE, count, due -> asking.ask(() -> times.add(System.nanoTime() - due)));
        return times.complete();
    }
}
