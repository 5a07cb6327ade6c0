package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.serving.MonotonicClock;
import java.time.Duration;
import java.time.Instant;

/**
 * What both connections to one MQTT server need: where it is, as whom, how to read, whom to tell. Immutable.
 *
 * @param server its number in the details
 */
record ServerAccess(
        int server,
        ServerUrl url,
        WatchSettings settings,
        ClientFactory clients,
        TopicsConvention convention,
        Mailbox mailbox,
        MonotonicClock clock) {

    /** How long the server keeps the live session while we are away. */
    static final Duration SESSION_EXPIRY = Duration.ofHours(1);

    PubSubClient liveClient() {
        return client(SessionOptions.persistent(liveId(), SESSION_EXPIRY));
    }

    PubSubClient snapshotClient() {
        return client(SessionOptions.clean(snapshotId()));
    }

    private PubSubClient client(SessionOptions session) {
        return clients.create(url, settings.credentials(), settings.tls(), session);
    }

    String liveId() {
        return ClientIds.live(settings, url);
    }

    String snapshotId() {
        return ClientIds.snapshot(settings, url);
    }

    /** A private topic of a client. */
    TopicName fence(String clientId) {
        return TopicName.of("akri-mqtt/fence/" + clientId);
    }

    QualityOfService qos() {
        return settings.details().qos();
    }

    Instant now() {
        return clock.instant();
    }

    void post(WatchEvent event) {
        mailbox.post(event);
    }
}
