package io.akrimqtt.benchmarks;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.rpc.WayOfAsking;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.monitor.access.AccessRules;
import io.akrimqtt.monitor.api.MonitoringService;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.device.DeviceDescription;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.presence.DeviceBelief;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.monitor.telemetry.TelemetryLimits;
import io.akrimqtt.monitor.telemetry.TelemetrySubscription;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.TelemetryEvent;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.MonotonicClock;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** A monitoring broker's whole way of telemetry, from MQTT over the log to a gRPC caller on loopback, in this process. */
final class WorkloadReceiver implements Receiver {

    /** Messages that the caller has asked gRPC for in advance. */
    private static final int AHEAD = 64;

    /** As usual but for a log of 100,000 messages, so that what is measured is speed and not the patience of a busy machine. */
    private static final TelemetryLimits LIMITS =
            new TelemetryLimits(100_000, 128L << 20, 1_000, 8L << 20, 1 << 20, 64);

    private final String name;
    private final Telemetry telemetry;
    private final PubSubClient client;
    private final GrpcListener listener;
    private final GrpcConnection connection;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong gaps = new AtomicLong();

    /** @param batch events in one gRPC message at most; 1 for one each */
    WorkloadReceiver(String name, ServerUrl url, String topic, int batch) throws IOException {
        this.name = name;
        InstantSource clock = MonotonicClock.start(InstantSource.system());
        telemetry = Telemetry.start(LIMITS, clock, new Random());
        client = MqttPubSubClient.create(
                url,
                Credentials.NONE,
                TlsOptions.DEFAULT,
                SessionOptions.persistent("workload-" + batch, Duration.ofMinutes(1)));
        var filter = TopicFilter.of(topic + "/#");
        var subscriptions = TelemetrySubscription.subscribe(client, List.of(filter), _ -> false, telemetry);
        var device = new DeviceDescription(
                TopicName.of(topic), topic, Map.of(), List.of(filter), null, WayOfAsking.TOPICS, null);
        var commands =
                DeviceCommands.start(List.of(), QueueRules.DEFAULT, new MemoryKeeper("benchmark"), clock, new Random());
        var service = new MonitoringService(
                device,
                new ServerLinks(List.of()),
                telemetry,
                commands,
                () -> DeviceBelief.NOTHING,
                AccessRules.OPEN,
                clock);
        listener = Objects.requireNonNull(GrpcListener.start(new ListenAddress.Tcp("127.0.0.1", 0), List.of(service)));
        connection = GrpcChannels.open(listener.address());
        client.connect();
        subscriptions.getFirst().granted().join();
        watch(batch);
    }

    private void watch(int batch) {
        var call = connection.channel().newCall(MonitoringGrpc.getWatchTelemetryMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<TelemetryEvent>() {
                    @Override
                    public void onMessage(TelemetryEvent event) {
                        count(event);
                        call.request(1);
                    }
                },
                new Metadata());
        call.sendMessage(WatchTelemetryRequest.newBuilder().setMaxBatch(batch).build());
        call.halfClose();
        call.request(AHEAD);
    }

    private void count(TelemetryEvent event) {
        switch (event.getEventCase()) {
            case MESSAGE -> received.incrementAndGet();
            case GAP -> gaps.addAndGet(event.getGap().getMissed());
            case BATCH -> event.getBatch().getEventsList().forEach(this::count);
            case EVENT_NOT_SET -> {}
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long received() {
        if (gaps.get() > 0) {
            throw new IllegalStateException(gaps + " messages were missed");
        }
        return received.get();
    }

    @Override
    public void close() {
        client.close();
        connection.close();
        listener.close();
        telemetry.close();
    }
}
