package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.ConnectionRules;
import io.akrimqtt.handler.details.ServerConvention;
import io.akrimqtt.handler.details.WatchedServer;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicName;
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
        WatchedServer watched,
        WatchSettings settings,
        ClientFactory clients,
        ServerConvention convention,
        Mailbox mailbox,
        MonotonicClock clock) {

    /** A server that is held back while it sends what it retains, drops what it cannot send: better to hold it here. */
    private static final int SNAPSHOT_UNDELIVERED = 100_000;

    static ServerAccess of(
            int server, WatchSettings settings, ClientFactory clients, Mailbox mailbox, MonotonicClock clock) {
        var watched = settings.details().servers().get(server);
        var convention = settings.details().convention(watched);
        return new ServerAccess(server, watched, settings, clients, convention, mailbox, clock);
    }

    ServerUrl url() {
        return watched.url();
    }

    /** How long the server keeps the live session while we are away; zero for no session. */
    Duration sessionExpiry() {
        return connection().sessionExpiry();
    }

    private ConnectionRules connection() {
        return settings.details().connection();
    }

    PubSubClient liveClient() {
        return client(SessionOptions.persistent(liveId(), sessionExpiry()));
    }

    PubSubClient snapshotClient() {
        return client(SessionOptions.clean(snapshotId()).withMaxUndelivered(SNAPSHOT_UNDELIVERED));
    }

    private PubSubClient client(SessionOptions session) {
        var secrets = settings.secrets(watched);
        return clients.create(
                url(),
                secrets.credentials(),
                settings.details().tls().applied(secrets.tls()),
                session.withProtocol(connection().protocol())
                        .withKeepAlive(connection().keepAlive()));
    }

    String liveId() {
        return ClientIds.live(settings, watched);
    }

    String snapshotId() {
        return ClientIds.snapshot(settings, watched);
    }

    /** A private topic of a client. */
    TopicName fence(String clientId) {
        return TopicName.of("akri-mqtt/fence/" + clientId);
    }

    QualityOfService qos() {
        return connection().qos();
    }

    Instant now() {
        return clock.instant();
    }

    void post(WatchEvent event) {
        mailbox.post(event);
    }
}
