package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/** Simulated devices that measure once a second, spread over the second. Thread-safe. */
final class Fleet implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final List<SimulatedDevice> devices;
    private final ScheduledExecutorService ticker;

    private Fleet(List<SimulatedDevice> devices, ScheduledExecutorService ticker) {
        this.devices = devices;
        this.ticker = ticker;
    }

    /** Makes the devices, see {@link SimulatedDevice#create}; they do nothing before {@link #start}. */
    static Fleet create(
            List<Machine> machines,
            Function<SessionOptions, PubSubClient> clients,
            InstantSource clock,
            Consumer<String> journal) {
        var devices = machines.stream()
                .map(machine -> SimulatedDevice.create(machine, clients, clock, journal))
                .toList();
        var ticker = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("telemetry").factory());
        return new Fleet(devices, ticker);
    }

    /** Connects all devices and lets them measure. */
    void start() {
        for (int i = 0; i < devices.size(); i++) {
            var device = devices.get(i);
            device.connect();
            long delay = PERIOD.toMillis() * i / devices.size();
            var _ = ticker.scheduleAtFixedRate(device::measure, delay, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Says goodbye for all devices, within a second, and disconnects them. */
    @Override
    public void close() {
        ticker.shutdownNow();
        var goodbyes = devices.stream().map(SimulatedDevice::goodbye).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(goodbyes).get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // The MQTT server is away: it will publish the Last Wills by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            devices.forEach(device -> closing.execute(device::close));
        }
    }
}
