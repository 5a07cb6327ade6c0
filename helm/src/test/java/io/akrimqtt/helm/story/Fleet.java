package io.akrimqtt.helm.story;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Devices that say what they are, retained. */
final class Fleet {

    private final ServerUrl server;
    private final Credentials credentials;

    Fleet(ServerUrl server, Credentials credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    /** Ids of so many devices. */
    static List<String> devices(int count) {
        return IntStream.range(0, count).mapToObj(i -> "plant/m" + i).toList();
    }

    /** Returns when the server has taken it of all. */
    void say(Collection<String> devices, String word) {
        try (var client =
                MqttPubSubClient.create(server, credentials, TlsOptions.DEFAULT, SessionOptions.clean("fleet"))) {
            client.connect();
            var published = new ArrayList<CompletableFuture<?>>();
            for (var device : devices) {
                published.add(client.publish(Message.to(TopicName.of(device + "/status"))
                        .text(word)
                        .retain(true)
                        .build()));
            }
            CompletableFuture.allOf(published.toArray(CompletableFuture[]::new))
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        }
    }
}
