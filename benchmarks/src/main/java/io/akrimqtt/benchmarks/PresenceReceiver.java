package io.akrimqtt.benchmarks;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.handler.watch.MqttDeviceWatch;
import io.akrimqtt.handler.watch.WatchSettings;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.serving.MonotonicClock;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The discovery handler's watch. A message counts when it is acknowledged, which is when what it says has been decided on. */
final class PresenceReceiver implements Receiver {

    private final LongAdder decided = new LongAdder();
    private final MqttDeviceWatch watch;

    PresenceReceiver(ServerUrl url, String filter) {
        this(url, filter, _ -> {});
    }

    /** @param onDecision is told of each message that has been decided on, by several threads */
    PresenceReceiver(ServerUrl url, String filter, Consumer<Delivery> onDecision) {
        var details = DiscoveryDetails.of(List.of(url), List.of(DeviceFilter.parse(filter)));
        var settings = new WatchSettings(details, Credentials.NONE, TlsOptions.DEFAULT, "benchmark", filter);
        watch = MqttDeviceWatch.start(
                settings,
                (server, credentials, tls, session) ->
                        new ObservedClient(MqttPubSubClient.create(server, credentials, tls, session), delivery -> {
                            decided.increment();
                            onDecision.accept(delivery);
                        }),
                MonotonicClock.start(InstantSource.system()),
                WatchJournal.NONE);
        while (!watch.current().settled()) {
            Rounds.pause(1);
        }
    }

    @Override
    public String name() {
        return "discovery handler";
    }

    @Override
    public long received() {
        return decided.sum();
    }

    @Override
    public void close() {
        watch.close();
    }
}
