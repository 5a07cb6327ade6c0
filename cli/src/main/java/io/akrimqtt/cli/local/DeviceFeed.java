package io.akrimqtt.cli.local;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DeviceEvent;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.WatchDevicesRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows what the discovery handler believes of devices, through its restarts, and tells of changes alone. One virtual thread;
 * {@link #close} may be called by anybody.
 */
final class DeviceFeed implements AutoCloseable {

    private static final long AGAIN_MILLIS = 250;

    private final ListenAddress.UnixSocket handler;
    private final InstantSource clock;
    private final Consumer<Event> events;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Map<String, Device> told = new HashMap<>();
    private final HashSet<String> burst = new HashSet<>();
    private volatile @Nullable GrpcConnection connection;

    private DeviceFeed(ListenAddress.UnixSocket handler, InstantSource clock, Consumer<Event> events) {
        this.handler = handler;
        this.clock = clock;
        this.events = events;
    }

    static DeviceFeed start(ListenAddress.UnixSocket handler, InstantSource clock, Consumer<Event> events) {
        var feed = new DeviceFeed(handler, clock, events);
        Thread.ofVirtual().name("device-feed").start(feed::run);
        return feed;
    }

    private void run() {
        try {
            while (!closing.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                if (Files.exists(handler.path())) {
                    follow();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow() {
        try (var open = GrpcChannels.open(handler)) {
            connection = open;
            burst.clear();
            var changes =
                    DevicesGrpc.newBlockingStub(open.channel()).watchDevices(WatchDevicesRequest.getDefaultInstance());
            while (closing.getCount() > 0 && changes.hasNext()) {
                on(changes.next());
            }
        } catch (StatusRuntimeException _) {
            // The handler is away; it will be started again, and so will this.
        }
    }

    private void on(DeviceEvent event) {
        var device = event.getDevice();
        if (event.getSnapshotComplete()) {
            // A handler that has just started knows nobody before Akri's agent has asked it.
            if (burst.isEmpty()) {
                return;
            }
            told.keySet().stream().filter(id -> !burst.contains(id)).toList().forEach(this::forget);
        } else if (event.getRemoved()) {
            forget(device.getId());
        } else {
            burst.add(device.getId());
            @Nullable Device before = told.put(device.getId(), device);
            if (before == null || before.getPresence() != device.getPresence()) {
                events.accept(news(device));
            }
        }
    }

    private void forget(String id) {
        @Nullable Device device = told.remove(id);
        if (device != null) {
            events.accept(Event.of(EventType.DEVICE_FORGOTTEN, clock.instant())
                    .with(Field.DEVICE, device.getName())
                    .with(Field.DEVICE_ID, id));
        }
    }

    private Event news(Device device) {
        var type = switch (device.getPresence()) {
            case PRESENCE_ONLINE -> EventType.DEVICE_ONLINE;
            case PRESENCE_SLEEPING -> EventType.DEVICE_SLEEPING;
            case PRESENCE_OFFLINE -> EventType.DEVICE_OFFLINE;
            case PRESENCE_UNKNOWN, PRESENCE_UNSPECIFIED, UNRECOGNIZED -> EventType.DEVICE_UNKNOWN;
        };
        return Event.of(type, clock.instant())
                .with(Field.DEVICE, device.getName())
                .with(Field.DEVICE_ID, device.getId())
                .with(Field.EVIDENCE, device.getEvidence().getKind())
                .with(Field.TOPIC, device.getEvidence().getTopic())
                .with(Field.TEXT, device.getEvidence().getText());
    }

    /** Ends the call; does not wait. */
    @Override
    public void close() {
        closing.countDown();
        var open = connection;
        if (open != null) {
            open.close();
        }
    }
}
