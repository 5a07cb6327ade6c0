package io.akrimqtt.presence.simulation;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One connection, seen from the server: open until it is closed, once. */
final class Line {

    /** A client that hears no answer to its ping gives up after so long. */
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(10);

    final ServerSession session;
    final Client client;
    final Cable cable;
    final @Nullable Will will;

    private final MqttServer server;
    private final Duration keepAlive;
    private final Instant[] lastArrival = {Instant.MIN, Instant.MIN};
    private boolean open = true;
    private boolean heldByClient = true;

    Line(
            MqttServer server,
            ServerSession session,
            Client client,
            Cable cable,
            Duration keepAlive,
            @Nullable Will will) {
        this.server = server;
        this.session = session;
        this.client = client;
        this.cable = cable;
        this.keepAlive = keepAlive;
        this.will = will;
    }

    boolean open() {
        return open;
    }

    /** Whether the client still believes in it. */
    boolean held() {
        return heldByClient;
    }

    /** What the client publishes; lost where the line does not carry. */
    void publish(Packet packet) {
        if (open && cable.whole()) {
            server.publish(packet);
        }
    }

    /** Sends to the client, in order per quality of service. */
    void send(Packet packet) {
        var arrival = server.simulation().now().plus(cable.delay(packet.qos()));
        var last = lastArrival[packet.qos()];
        var at = arrival.isBefore(last) ? last : arrival;
        lastArrival[packet.qos()] = at;
        server.simulation().at(at, () -> arrive(packet));
    }

    private void arrive(Packet packet) {
        if (open && heldByClient && cable.whole()) {
            client.arrived(packet);
        } else {
            server.queue(session, packet);
        }
    }

    /** Both ends see the end at once; the server publishes the will. */
    void broke(String reason) {
        endForServer(true);
        endForClient(reason);
    }

    /** A clean end by the client: no will. */
    void disconnect() {
        heldByClient = false;
        if (cable.whole()) {
            endForServer(false);
        }
    }

    /** The process is gone: its kernel closes the connection, where the network lets it. */
    void processDied() {
        heldByClient = false;
        if (cable.whole()) {
            endForServer(true);
        }
    }

    /** Nothing comes through any more. */
    void goSilent() {
        server.simulation().after(keepAlive.plus(keepAlive.dividedBy(2)), () -> {
            if (!cable.whole()) {
                endForServer(true);
            }
        });
        server.simulation().after(keepAlive.plus(PING_TIMEOUT), () -> {
            if (!cable.whole() || !open) {
                endForClient("nothing comes any more");
            }
        });
    }

    /** The network carries again. */
    void cameBack() {
        if (open && heldByClient) {
            server.flush(session, this);
        } else if (open) {
            endForServer(true);
        } else {
            endForClient("the server knows nothing of the connection");
        }
    }

    /** Ends without a will, as when the server is killed. */
    void lost(String reason) {
        open = false;
        endForClient(reason);
    }

    private void endForServer(boolean withWill) {
        if (open) {
            open = false;
            server.ended(this, withWill);
        }
    }

    private void endForClient(String reason) {
        if (heldByClient) {
            heldByClient = false;
            client.closed(reason);
        }
    }
}
