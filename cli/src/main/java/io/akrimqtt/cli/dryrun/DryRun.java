package io.akrimqtt.cli.dryrun;

import io.akrimqtt.cli.access.Access;
import io.akrimqtt.cli.replay.Step;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.ServerSecrets;
import io.akrimqtt.handler.details.WatchedServer;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.handler.watch.DeviceGroups;
import io.akrimqtt.handler.watch.MqttDeviceWatch;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSettings;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.serving.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One look at an MQTT server with the eyes of the discovery handler. {@link #stop} may be called by anybody. */
public final class DryRun {

    /** What is retained has been read by then, or it is said that it was not. */
    private static final Duration READING = Duration.ofMinutes(2);

    private static final Duration BEAT = Duration.ofMillis(200);

    private final WatchSettings settings;
    private final DeviceGroups groups;
    private final CleanClients clients;
    private final MonotonicClock clock;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** @param server stands in for all of the details' MQTT servers */
    public DryRun(DiscoveryDetails details, WatchedServer server, Access access, MonotonicClock clock) {
        var own = HexFormat.of().toHexDigits(RandomGenerator.getDefault().nextInt());
        this.settings = new WatchSettings(
                details.withServers(List.of(server)),
                Map.of(server.credentials(), new ServerSecrets(access.credentials(), access.tls())),
                "akri-mqtt-" + own,
                own);
        this.groups = new DeviceGroups(settings.details());
        this.clients = CleanClients.of("akri-try-" + own + "-");
        this.clock = clock;
    }

    /**
     * Reads what is retained and listens for a while; ends at once where the server is not reached.
     *
     * @param listen how long, from when all is read
     * @param progress gets what is known, several times a second
     */
    public Outcome run(Duration listen, Consumer<Outcome> progress) throws InterruptedException {
        try (var watch = MqttDeviceWatch.start(settings, clients, clock, WatchJournal.NONE)) {
            var end = clock.instant().plus(READING);
            boolean read = false;
            var outcome = outcome(watch.current());
            while (clock.instant().isBefore(end) && (read || !outcome.away()) && !stopped(end)) {
                outcome = outcome(watch.current());
                if (!read && outcome.settled() && outcome.connected()) {
                    read = true;
                    end = clock.instant().plus(listen);
                }
                progress.accept(outcome);
            }
            return outcome;
        }
    }

    /** Waits for a beat, or up to the end. */
    private boolean stopped(Instant end) throws InterruptedException {
        var left = Duration.between(clock.instant(), end);
        var nap = left.compareTo(BEAT) < 0 ? left : BEAT;
        return stopped.await(Math.max(0, nap.toNanos()), TimeUnit.NANOSECONDS);
    }

    private static Step step(TrackedDevice device) {
        return new Step(
                device.evidence().at(),
                device.id(),
                device.name(),
                new Belief(
                        device.id(),
                        device.presence(),
                        device.listed(),
                        device.flapping(),
                        device.evidence(),
                        device.transitions()));
    }

    private Outcome outcome(WatchSnapshot snapshot) {
        var server = snapshot.servers().getFirst();
        var ignored = new TreeMap<String, Long>();
        snapshot.counters().stream()
                .filter(counter -> counter.count() > 0)
                .forEach(counter -> ignored.put(counter.cause(), counter.count()));
        return new Outcome(
                snapshot.settled(),
                server.connected(),
                server.problem(),
                server.subscriptionProblems(),
                snapshot.devices().stream().map(DryRun::step).toList(),
                groups.of(snapshot).stream()
                        .map(group -> new Outcome.Group(step(group.device()), group.size(), group.listed()))
                        .toList(),
                ignored);
    }

    /** Asks it to end. Idempotent; does not wait. */
    public void stop() {
        stopped.countDown();
    }
}
