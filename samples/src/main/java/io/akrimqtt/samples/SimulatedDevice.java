package io.akrimqtt.samples;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One device with its own MQTT connection: a retained birth at each connect, a retained Last Will for when it dies without a
 * word, telemetry, commands. Thread-safe, but {@link #measure} wants one thread.
 */
final class SimulatedDevice implements AutoCloseable {

    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);

    private final Machine machine;
    private final PubSubClient client;
    private final Consumer<String> journal;
    private final SplittableRandom random;
    private final MachineCommands commands;
    private String told = "";

    private SimulatedDevice(Machine machine, PubSubClient client, Consumer<String> journal) {
        this.machine = machine;
        this.client = client;
        this.journal = journal;
        random = new SplittableRandom(machine.name().hashCode());
        commands = new MachineCommands(machine, journal);
    }

    /** Makes a device; its journal gets a line for each event of its life. */
    static SimulatedDevice create(
            Machine machine,
            Function<SessionOptions, PubSubClient> clients,
            InstantSource clock,
            Consumer<String> journal) {
        var session =
                SessionOptions.clean(machine.topic().value().replace('/', '-')).withKeepAlive(KEEP_ALIVE);
        var client = clients.apply(machine.announces() ? session.withWill(machine.status("offline")) : session);
        var device = new SimulatedDevice(machine, client, journal);
        client.onConnection(device::onConnection);
        if (machine.commanded()) {
            var _ = device.commands.answer(client, clock);
        }
        return device;
    }

    /** Connects, now or as soon as the MQTT server is there. */
    void connect() {
        client.connect();
    }

    private void onConnection(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Connected _ -> {}
            // Not before: who sees a birth may send a command at once.
            case ConnectionEvent.Subscribed _ -> {
                if (machine.announces()) {
                    var _ = client.publish(machine.status("online"));
                }
                tell("online");
            }
            case ConnectionEvent.Disconnected(var reason, var _, var _, var _) ->
                tell("waits for its MQTT server: " + reason);
        }
    }

    /** Tells changes, not repetitions. */
    private void tell(String line) {
        if (!line.equals(told)) {
            told = line;
            journal.accept(machine.name() + " " + line);
        }
    }

    /** Publishes a measurement, where connected. */
    void measure() {
        if (client.connected()) {
            var _ = client.publish(machine.telemetry(random, commands.speed()));
        }
    }

    /** Says a clean goodbye: with the connection, the Last Will ends too. Completes when the MQTT server has it. */
    CompletableFuture<?> goodbye() {
        journal.accept(machine.name() + " offline");
        return machine.announces()
                ? client.publish(machine.status("offline"))
                : CompletableFuture.completedFuture(null);
    }

    @Override
    public void close() {
        client.close();
    }
}
