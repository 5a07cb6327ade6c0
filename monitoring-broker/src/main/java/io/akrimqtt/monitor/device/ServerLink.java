package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** One MQTT server of the device: its client, and how it stands with it. Thread-safe. */
public final class ServerLink {

    private final ServerUrl url;
    private final PubSubClient client;
    private final List<Subscription> telemetry = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Written on the client's thread. */
    private volatile LinkState state = LinkState.NEW;

    private ServerLink(ServerUrl url, PubSubClient client) {
        this.url = url;
        this.client = client;
    }

    /** Listens to a client that is not connecting yet. */
    public static ServerLink of(ServerUrl url, PubSubClient client) {
        var link = new ServerLink(url, client);
        client.onConnection(link::on);
        return link;
    }

    private void on(ConnectionEvent event) {
        state = next(event, state);
        listeners.forEach(Runnable::run);
    }

    private static LinkState next(ConnectionEvent event, LinkState before) {
        return switch (event) {
            case ConnectionEvent.Connected(var _, var protocol) -> new LinkState(true, false, protocol, "");
            case ConnectionEvent.Subscribed() -> new LinkState(true, true, before.protocol(), "");
            case ConnectionEvent.Disconnected(var reason, var _, var _, var _) ->
                new LinkState(false, false, before.protocol(), reason);
        };
    }

    public ServerUrl url() {
        return url;
    }

    public PubSubClient client() {
        return client;
    }

    public LinkState state() {
        return state;
    }

    /** Adds a listener for changes of the state, called on the client's thread. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Names a subscription that the device's telemetry needs. */
    public void needs(Subscription subscription) {
        telemetry.add(subscription);
    }

    /** Why no telemetry comes from this server, one sentence, or empty where it may come. */
    public Optional<String> notReady() {
        var now = state;
        if (!now.connected()) {
            return Optional.of("MQTT server " + url + ": " + now.problem());
        }
        if (!now.subscribed()) {
            return Optional.of("MQTT server " + url + ": has not answered the subscriptions yet");
        }
        boolean all = !telemetry.isEmpty() && telemetry.stream().allMatch(ServerLink::refused);
        return all
                ? Optional.of("MQTT server " + url + ": "
                        + telemetry.getFirst().problem().orElse("refused the subscriptions"))
                : Optional.empty();
    }

    private static boolean refused(Subscription subscription) {
        return subscription.problem().isPresent() && subscription.granted().isCompletedExceptionally();
    }
}
