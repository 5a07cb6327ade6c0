package io.akrimqtt.handler.crash;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.akri.FakeAgent;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.HiveMqServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the handler at random moments while devices come and go, and compares what it reports with the truth: 6 times here, 200
 * times with {@code -Plong}.
 */
class CrashTest {

    private static final boolean LONG = Boolean.getBoolean("long");
    private static final int KILLS = LONG ? 200 : 6;
    /** What the handler believes may be ahead of its last report by a grace and the time for which reports are held back. */
    private static final long AHEAD_NANOS = Duration.ofSeconds(3).toNanos();

    private static final Duration REST = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // JUnit sets it.
    Path folder;

    @Test
    void no_farewell_is_forgotten_and_nobody_is_wrong_at_rest_on_mosquitto() throws Exception {
        try (var server = MosquittoServer.start()) {
            crash(server.url(), KILLS, System.nanoTime());
        }
    }

    @Test
    void no_farewell_is_forgotten_and_nobody_is_wrong_at_rest_on_hivemq() throws Exception {
        try (var server = HiveMqServer.start()) {
            crash(server.url(), KILLS / 2, System.nanoTime());
        }
    }

    private void crash(ServerUrl server, int kills, long seed) throws Exception {
        var random = new Random(seed);
        var details = "serverUrls: " + server + "\ntopics: fleet/+/data\npresence: {offlineGrace: 1s}\n";
        try (var agent = FakeAgent.start(folder.resolve("agent-registration.sock"));
                var fleet = Fleet.start(server, "fleet", seed)) {
            var handler = HandlerProcess.start(agent, folder, details);
            try {
                agree(handler, fleet, "at first, seed " + seed);
                long slowest = 0;
                for (int killed = 0; killed < kills; ) {
                    fleet.stir();
                    for (int in = 1 + random.nextInt(3); in > 0 && killed < kills; in--, killed++) {
                        pause(20 + random.nextInt(1500));
                        var listed = handler.latest();
                        handler.kill();
                        long died = System.nanoTime();
                        handler = HandlerProcess.start(agent, folder, details);
                        slowest = Math.max(slowest, firstList(handler, fleet, died, listed, killed, seed));
                    }
                    fleet.rest();
                    agree(handler, fleet, "after " + killed + " kills, seed " + seed);
                }
                System.out.println(kills + " kills, slowest first list after " + slowest + " ms");
            } finally {
                handler.close();
            }
        }
    }

    /** The first list has everybody who was listed and had been there for a while; returns the milliseconds until it came. */
    private static long firstList(
            HandlerProcess handler, Fleet fleet, long died, Set<String> listed, int killed, long seed) {
        long called = System.nanoTime();
        await().until(handler::reported);
        var throughout = fleet.steady(died - AHEAD_NANOS);
        throughout.retainAll(listed);
        var missing = new HashSet<>(throughout);
        missing.removeAll(handler.first());
        assertThat(missing)
                .as("not in the first list after kill %d, seed %d: %s", killed, seed, fleet.ages(missing))
                .isEmpty();
        return Duration.ofNanos(System.nanoTime() - called).toMillis();
    }

    private static void agree(HandlerProcess handler, Fleet fleet, String when) {
        var truth = fleet.there();
        Awaitility.await(when)
                .during(REST)
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(handler.latest()).isEqualTo(truth));
    }

    private static void pause(long millis) throws InterruptedException {
        assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
    }
}
