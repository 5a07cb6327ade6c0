package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.serving.MonotonicClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * A watch over MQTT: per server a live connection with a persistent session, and connections that read what is retained, made
 * on demand. Thread-safe.
 *
 * <p>A message goes from a client's thread, where its convention reads it, through the {@link Mailbox} to the
 * {@link WatchLoop}, which owns the presence table and shows what came of it.
 */
public final class MqttDeviceWatch implements DeviceWatch {

    private final AtomicReference<WatchSnapshot> current;
    private final Mailbox mailbox = new Mailbox();
    private final Listeners listeners = Listeners.start();
    private final List<LiveConnection> connections = new ArrayList<>();
    private final List<RetainedReader> readers = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean frozen = new AtomicBoolean();
    private final MonotonicClock clock;
    private final WatchJournal journal;
    private final Thread thread;

    private MqttDeviceWatch(WatchSettings settings, ClientFactory clients, MonotonicClock clock, WatchJournal journal) {
        this.clock = clock;
        this.journal = journal;
        var details = settings.details();
        current = new AtomicReference<>(nothingYet(details));
        var accesses = IntStream.range(0, details.servers().size())
                .mapToObj(server -> ServerAccess.of(server, settings, clients, mailbox, clock))
                .toList();
        var table = new PresenceTable(
                details.rules(), accesses.size(), details.watch().maxDevices());
        var convention = details.convention();
        var roster = new Roster(convention, details, new Adoption(convention, details));
        var loop = new WatchLoop(
                mailbox,
                clock,
                table,
                roster,
                core -> accesses.stream()
                        .map(access -> new ServerTracker(
                                access, connection(access), reader(access), roster::ids, core, journal))
                        .toList(),
                this::show,
                journal);
        thread = Thread.ofVirtual().name("watch-loop").unstarted(loop);
    }

    private LiveConnection connection(ServerAccess access) {
        var connection = LiveConnection.of(access);
        connections.add(connection);
        return connection;
    }

    private RetainedReader reader(ServerAccess access) {
        var reader = RetainedReader.start(access);
        readers.add(reader);
        return reader;
    }

    /**
     * Starts to watch and returns at once. Servers that can not be reached are tried for ever.
     *
     * @param clock gives all times, those of the evidence included
     * @param journal what was believed before, and where what is believed is kept
     */
    public static MqttDeviceWatch start(
            WatchSettings settings, ClientFactory clients, MonotonicClock clock, WatchJournal journal) {
        Cautions.tell(settings);
        var watch = new MqttDeviceWatch(settings, clients, clock, journal);
        watch.thread.start();
        watch.connections.forEach(LiveConnection::start);
        return watch;
    }

    private static WatchSnapshot nothingYet(DiscoveryDetails details) {
        var servers = details.servers().stream()
                .map(url ->
                        new WatchSnapshot.ServerHealth(url.toString(), false, false, "not connected yet", List.of()))
                .toList();
        return new WatchSnapshot(false, List.of(), servers, List.of());
    }

    private void show(WatchSnapshot snapshot) {
        current.set(snapshot);
        listeners.changed();
    }

    @Override
    public WatchJournal journal() {
        return journal;
    }

    @Override
    public WatchSnapshot current() {
        return current.get();
    }

    @Override
    public AutoCloseable onChange(Runnable listener) {
        return listeners.add(listener);
    }

    @Override
    public CompletableFuture<Integer> adopt(Set<String> devices) {
        var refused = new CompletableFuture<Integer>();
        mailbox.post(new WatchEvent.Adopt(clock.instant(), devices, refused));
        return refused;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        freeze();
        listeners.close();
    }

    /** The loop is not interrupted, since that would close the journal's file. */
    @Override
    public void freeze() {
        if (!frozen.compareAndSet(false, true)) {
            return;
        }
        mailbox.close(clock.instant());
        readers.forEach(RetainedReader::close);
        try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
            connections.forEach(connection -> closing.execute(connection::close));
        }
    }
}
