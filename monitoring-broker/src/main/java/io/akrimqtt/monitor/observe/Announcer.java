package io.akrimqtt.monitor.observe;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the workload announced at one MQTT server: online at each connect, offline before it goes. Thread-safe.
 *
 * <p>Two workloads of one device share the topic. Where the other one's end says offline, this one says online again.
 */
public final class Announcer {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final PubSubClient client;
    private final Announcement announcement;
    private volatile boolean leaving;

    private Announcer(PubSubClient client, Announcement announcement) {
        this.client = client;
        this.announcement = announcement;
    }

    /** Starts with a client that is not connecting yet. */
    public static Announcer of(PubSubClient client, Announcement announcement) {
        var announcer = new Announcer(client, announcement);
        var own = SubscribeOptions.of(TopicFilter.exactly(announcement.online().topic()));
        client.subscribe(own.live(), delivery -> announcer.onAnnouncement(delivery.message()));
        client.onConnection(announcer::onConnection);
        return announcer;
    }

    private void onConnection(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Subscribed() -> announce();
            case ConnectionEvent.Connected _, ConnectionEvent.Disconnected _ -> {}
        }
    }

    /** Any end but that of this process, its own earlier ones included, hides that it runs. */
    private void onAnnouncement(Message message) {
        if (Announcement.offline(message)) {
            announce();
        }
    }

    private void announce() {
        if (!leaving) {
            var _ = publish(announcement.online());
        }
    }

    private CompletableFuture<?> publish(Message message) {
        return client.publish(message).whenComplete((_, problem) -> {
            if (problem != null) {
                LOG.atWarn()
                        .addKeyValue("topic", message.topic())
                        .addKeyValue("reason", problem.getMessage())
                        .log("announcement was not taken");
            }
        });
    }

    /** Says offline; completed when the MQTT server has taken it, at once where there is no connection. */
    public CompletableFuture<?> leave() {
        leaving = true;
        return client.connected() ? publish(announcement.offline()) : CompletableFuture.completedFuture(null);
    }
}
