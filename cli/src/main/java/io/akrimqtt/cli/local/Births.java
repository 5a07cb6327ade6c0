package io.akrimqtt.cli.local;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the simulated devices have announced themselves, so that the demonstration tells the same story on each machine:
 * the handler finds devices that are there.
 */
final class Births {

    /** Where the sample's devices say that they are online. */
    private static final TopicFilter STATUS = TopicFilter.of("factory/+/+/status");

    private Births() {}

    /** Returns when so many devices have said so, or patience is at its end. */
    static void await(ServerUrl server, int devices, Duration patience) {
        var missing = new CountDownLatch(devices);
        Set<String> born = ConcurrentHashMap.newKeySet();
        var session = SessionOptions.clean(
                "akri-mqtt-local-" + ProcessHandle.current().pid());
        try (var client = MqttPubSubClient.create(server, Credentials.NONE, TlsOptions.DEFAULT, session)) {
            var _ = client.subscribe(STATUS, delivery -> {
                if (born.add(delivery.message().topic().value())) {
                    missing.countDown();
                }
            });
            client.connect();
            var _ = missing.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
