package io.akrimqtt.monitor.presence;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.SessionFence;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.PresenceRules;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import io.akrimqtt.presence.state.Session;
import io.akrimqtt.presence.state.Source;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the presence core for one device. Thread-safe; one virtual thread owns the core.
 *
 * <p>Silence proves nothing here: the discovery handler ends the workload of a device that is silent for too long, and a device
 * that only listens must stay reachable.
 */
public final class DevicePresence implements AutoCloseable {

    /** Shorter than the handler's: a command for a dead device should not wait for what decides about its pod. */
    private static final PresenceRules RULES =
            PresenceRules.DEFAULT.withSilenceTimeout(Duration.ZERO).withOfflineGrace(Duration.ofSeconds(2));

    private static final Logger LOG = LoggerFactory.getLogger(DevicePresence.class);

    /** Further signs of life of a device that is online are not told within this time. */
    private static final long OFTEN_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int MAX_WAITING = 10_000;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final String device;
    private final DeviceReading reading;
    private final DeviceDescription description;
    private final InstantSource clock;
    private final PresenceTable table;
    private final LinkedBlockingQueue<PresenceEvent> events = new LinkedBlockingQueue<>(MAX_WAITING);
    private final List<Consumer<DeviceBelief>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Said> statements = new HashMap<>();
    private final AtomicLong lastActivity;
    private final Thread thread;
    private Instant wakeAt = Instant.MAX;
    private volatile DeviceBelief belief = DeviceBelief.NOTHING;

    private DevicePresence(DeviceDescription description, int servers, InstantSource clock) {
        this.description = description;
        this.device = description.id().value();
        this.reading = DeviceReading.of(description);
        this.clock = clock;
        this.table = new PresenceTable(RULES, servers, 1);
        this.lastActivity = new AtomicLong(System.nanoTime() - OFTEN_NANOS);
        this.thread = Thread.ofVirtual().name("device-presence").unstarted(this::run);
    }

    /** Starts without servers that are connected; nothing is believed yet. */
    public static DevicePresence start(DeviceDescription device, int servers, InstantSource clock) {
        var presence = new DevicePresence(device, servers, clock);
        presence.thread.start();
        return presence;
    }

    /** Listens to a client that is not connecting yet. */
    public void follow(int server, PubSubClient client, SessionFence fence) {
        client.onConnection(event -> on(server, event));
        fence.onPassed(() -> {
            post(new PresenceEvent.Drained(clock.instant(), server));
            post(new PresenceEvent.SnapshotRead(clock.instant(), server, false));
        });
        for (var filter : reading.statusFilters()) {
            client.subscribe(SubscribeOptions.of(filter), delivery -> arrived(server, delivery, fence));
        }
        for (var filter : description.telemetryFilters()) {
            client.subscribe(SubscribeOptions.of(filter), delivery -> activity(server, delivery, fence));
        }
    }

    private void on(int server, ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Connected(var resumed, var _) ->
                post(new PresenceEvent.LinkUp(clock.instant(), server, resumed ? Session.RESUMED : Session.FRESH));
            case ConnectionEvent.Subscribed() -> {}
            case ConnectionEvent.Disconnected _ -> post(new PresenceEvent.LinkDown(clock.instant(), server));
        }
    }

    private void arrived(int server, Delivery delivery, SessionFence fence) {
        reading.read(delivery.message()).ifPresent(said -> sighted(server, delivery, said, fence));
    }

    /** Status topics have listeners of their own; what often comes is not read often. */
    private void activity(int server, Delivery delivery, SessionFence fence) {
        var topic = delivery.message().topic();
        long now = System.nanoTime();
        boolean often = now - lastActivity.get() < OFTEN_NANOS && belief.reachable();
        if (often
                || delivery.message().retain()
                || reading.statusFilters().stream().anyMatch(filter -> filter.matches(topic))) {
            return;
        }
        if (reading.read(delivery.message()).isPresent()) {
            lastActivity.set(now);
            sighted(server, delivery, Said.ACTIVITY, fence);
        }
    }

    private void sighted(int server, Delivery delivery, Said said, SessionFence fence) {
        var message = delivery.message();
        var source = message.retain() ? Source.SNAPSHOT : fence.passed() ? Source.LIVE : Source.BACKLOG;
        post(new PresenceEvent.Sighted(
                clock.instant(), server, device, said, message.topic().value(), source, Published.NOT_KNOWN));
    }

    /** The device has answered a command, over whichever server. */
    public void answered() {
        if (!belief.reachable()) {
            post(new PresenceEvent.Sighted(
                    clock.instant(), 0, device, Said.ACTIVITY, "", Source.LIVE, Published.NOT_KNOWN));
        }
    }

    /** Adds a listener for what is believed, called on the owner's thread when it changes; must not block. */
    public void onChange(Consumer<DeviceBelief> listener) {
        listeners.add(listener);
    }

    /** What is believed now. */
    public DeviceBelief now() {
        return belief;
    }

    /** Stops believing. */
    @Override
    public void close() {
        thread.interrupt();
    }

    private void post(PresenceEvent event) {
        boolean taken = events.offer(event);
        if (!taken) {
            LOG.atWarn().log("events of the device's presence come faster than they can be dealt with");
        }
    }

    private void run() {
        try {
            while (true) {
                var now = clock.instant();
                var last = now.plus(LONGEST_WAIT);
                var wait = Duration.between(now, wakeAt.isBefore(last) ? wakeAt : last);
                @Nullable PresenceEvent event = events.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
                apply(event == null ? new PresenceEvent.Tick(clock.instant()) : event);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void apply(PresenceEvent event) {
        remember(event);
        if (event instanceof PresenceEvent.Tick && !wakeAt.isAfter(event.at())) {
            wakeAt = Instant.MAX;
        }
        for (var decision : table.on(event)) {
            switch (decision) {
                case Decision.Changed _ -> changed();
                case Decision.WakeAt(var at) -> wakeAt = at;
                case Decision.Verify verify -> verify(verify);
                case Decision.Remember _, Decision.ReadAgain _ -> {}
            }
        }
    }

    private void remember(PresenceEvent event) {
        if (event instanceof PresenceEvent.Sighted sighted) {
            switch (sighted.said()) {
                case ONLINE, OFFLINE, SLEEPING -> statements.put(sighted.server() + sighted.topic(), sighted.said());
                case GONE -> statements.remove(sighted.server() + sighted.topic());
                case ACTIVITY, EXISTS -> {}
            }
        }
    }

    /** The subscription has told all that these topics said. */
    private void verify(Decision.Verify verify) {
        var found = new HashMap<String, Said>();
        for (var topic : verify.topics()) {
            @Nullable Said said = statements.get(verify.server() + topic);
            if (said != null) {
                found.put(topic, said);
            }
        }
        post(new PresenceEvent.Verified(clock.instant(), verify.server(), device, verify.ticket(), found));
    }

    private void changed() {
        var next = table.belief(device).map(DeviceBelief::of).orElse(DeviceBelief.NOTHING);
        if (next.presence() != belief.presence()) {
            LOG.atInfo()
                    .addKeyValue("presence", next.presence())
                    .addKeyValue(
                            "reason",
                            next.evidence() == null ? "" : next.evidence().text())
                    .log("device's presence changed");
        }
        belief = next;
        listeners.forEach(listener -> listener.accept(next));
    }
}
