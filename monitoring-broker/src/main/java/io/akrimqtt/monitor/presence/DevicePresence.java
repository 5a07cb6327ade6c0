package io.akrimqtt.monitor.presence;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.SessionFence;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.Presence;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the presence core for one device, or for the devices of a group. Thread-safe; one virtual thread owns the core.
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

    /** So many devices of a group are followed; of more nothing is known. */
    private static final int MAX_MEMBERS = 10_000;

    /** So many statements are remembered for a second look. */
    private static final int MAX_STATEMENTS = 10 * MAX_MEMBERS;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final List<Presence> SUREST =
            List.of(Presence.ONLINE, Presence.SLEEPING, Presence.UNKNOWN, Presence.OFFLINE);

    private final String device;
    private final boolean group;
    private final DeviceReading reading;
    private final DeviceDescription description;
    private final InstantSource clock;
    private final PresenceTable table;
    private final LinkedBlockingQueue<PresenceEvent> events = new LinkedBlockingQueue<>(MAX_WAITING);
    private final List<BiConsumer<String, DeviceBelief>> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, Said> statements = new HashMap<>();

    /** By the devices' topics: when a sign of life was told last, and what is believed. */
    private final Map<String, Long> lastActivity = new ConcurrentHashMap<>();

    private final Map<String, DeviceBelief> beliefs = new ConcurrentHashMap<>();

    /** Servers at which the session is new: it has no queue, so that all that is not retained was published just now. */
    private final Set<Integer> fresh = ConcurrentHashMap.newKeySet();

    private final Thread thread;
    private Instant wakeAt = Instant.MAX;

    private DevicePresence(DeviceDescription description, int servers, InstantSource clock) {
        this.description = description;
        this.device = description.id().value();
        this.group = description.members() != null;
        this.reading = DeviceReading.of(description);
        this.clock = clock;
        this.table = new PresenceTable(RULES, servers, group ? MAX_MEMBERS : 1);
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
            case ConnectionEvent.Connected(var resumed, var _) -> {
                if (resumed) {
                    fresh.remove(server);
                } else {
                    fresh.add(server);
                }
                post(new PresenceEvent.LinkUp(clock.instant(), server, resumed ? Session.RESUMED : Session.FRESH));
            }
            case ConnectionEvent.Subscribed() -> {}
            case ConnectionEvent.Disconnected _ -> post(new PresenceEvent.LinkDown(clock.instant(), server));
        }
    }

    private void arrived(int server, Delivery delivery, SessionFence fence) {
        reading.read(delivery.message()).ifPresent(heard -> sighted(server, delivery, heard, fence));
    }

    /** Status topics have listeners of their own; what often comes is not read often. */
    private void activity(int server, Delivery delivery, SessionFence fence) {
        var topic = delivery.message().topic();
        if ((!group && often(device))
                || delivery.message().retain()
                || reading.statusFilters().stream().anyMatch(filter -> filter.matches(topic))) {
            return;
        }
        reading.read(delivery.message())
                .map(DeviceReading.Heard::device)
                .filter(whose -> !often(whose))
                .ifPresent(whose -> {
                    if (lastActivity.size() < MAX_MEMBERS || lastActivity.containsKey(whose)) {
                        lastActivity.put(whose, System.nanoTime());
                    }
                    sighted(server, delivery, new DeviceReading.Heard(whose, Said.ACTIVITY), fence);
                });
    }

    private boolean often(String whose) {
        @Nullable Long last = lastActivity.get(whose);
        return last != null
                && System.nanoTime() - last < OFTEN_NANOS
                && belief(whose).reachable();
    }

    private void sighted(int server, Delivery delivery, DeviceReading.Heard heard, SessionFence fence) {
        var message = delivery.message();
        boolean live = fence.passed() || fresh.contains(server);
        var source = message.retain() ? Source.SNAPSHOT : live ? Source.LIVE : Source.BACKLOG;
        post(new PresenceEvent.Sighted(
                clock.instant(),
                server,
                heard.device(),
                heard.said(),
                message.topic().value(),
                source,
                Published.NOT_KNOWN));
    }

    /** The device has answered a command, over whichever server. */
    public void answered() {
        answered("");
    }

    /**
     * The same.
     *
     * @param member the topic of the device in a group; empty for the one device
     */
    public void answered(String member) {
        var whose = member.isEmpty() ? device : member;
        if (!belief(whose).reachable()) {
            post(new PresenceEvent.Sighted(
                    clock.instant(), 0, whose, Said.ACTIVITY, "", Source.LIVE, Published.NOT_KNOWN));
        }
    }

    /** Adds a listener for what is believed, called on the owner's thread when it changes; must not block. */
    public void onChange(Consumer<DeviceBelief> listener) {
        onEach((_, belief) -> listener.accept(belief));
    }

    /** The same, with the topic of the device of a group that it is about; empty for the one device. */
    public void onEach(BiConsumer<String, DeviceBelief> listener) {
        listeners.add(listener);
    }

    /** What is believed now; of a group's devices, of the one that is surest to be there. */
    public DeviceBelief now() {
        return group
                ? beliefs.values().stream()
                        .min(Comparator.comparingInt(belief -> SUREST.indexOf(belief.presence())))
                        .orElse(DeviceBelief.NOTHING)
                : belief(device);
    }

    private DeviceBelief belief(String whose) {
        return beliefs.getOrDefault(whose, DeviceBelief.NOTHING);
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
                case Decision.Changed(var devices) -> devices.forEach(this::changed);
                case Decision.WakeAt(var at) -> wakeAt = at;
                case Decision.Verify verify -> verify(verify);
                case Decision.Remember _, Decision.ReadAgain _ -> {}
            }
        }
    }

    private void remember(PresenceEvent event) {
        if (event instanceof PresenceEvent.Sighted sighted && statements.size() < MAX_STATEMENTS) {
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
        post(new PresenceEvent.Verified(clock.instant(), verify.server(), verify.device(), verify.ticket(), found));
    }

    private void changed(String whose) {
        var found = table.belief(whose).map(DeviceBelief::of);
        var next = found.orElse(DeviceBelief.NOTHING);
        if (next.presence() != belief(whose).presence()) {
            LOG.atInfo()
                    .addKeyValue("device", whose)
                    .addKeyValue("presence", next.presence())
                    .addKeyValue(
                            "reason",
                            next.evidence() == null ? "" : next.evidence().text())
                    .log("device's presence changed");
        }
        if (found.isPresent()) {
            beliefs.put(whose, next);
        } else {
            beliefs.remove(whose);
            lastActivity.remove(whose);
        }
        listeners.forEach(listener -> listener.accept(group ? whose : "", next));
    }
}
