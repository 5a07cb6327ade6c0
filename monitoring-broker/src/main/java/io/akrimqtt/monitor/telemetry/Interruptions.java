package io.akrimqtt.monitor.telemetry;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;

/**
 * Tells the log where one MQTT server's messages were interrupted: between the last message of a connection and the first of the
 * next. Confined to the client's thread.
 */
public final class Interruptions {

    private final ServerUrl url;
    private final Telemetry telemetry;
    private boolean before;

    private Interruptions(ServerUrl url, Telemetry telemetry) {
        this.url = url;
        this.telemetry = telemetry;
    }

    /** Listens to a client that is not connecting yet. */
    public static void follow(PubSubClient client, ServerUrl url, Telemetry telemetry) {
        var interruptions = new Interruptions(url, telemetry);
        client.onConnection(interruptions::on);
    }

    private void on(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Connected(var sessionPresent, var _) -> {
                if (before) {
                    tell(sessionPresent);
                }
                before = true;
            }
            case ConnectionEvent.Subscribed _, ConnectionEvent.Disconnected _ -> {}
        }
    }

    private void tell(boolean sessionPresent) {
        var server = "the connection to the MQTT server " + url + " was interrupted and ";
        if (sessionPresent) {
            telemetry.interrupted(
                    GapCause.INTERRUPTED,
                    server + "its session kept: what was published at most once (QoS 0) meanwhile may be missing");
        } else {
            telemetry.interrupted(
                    GapCause.SESSION_LOST, server + "its session lost: what was published meanwhile is missing");
        }
    }
}
