package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * When people are to be told that an MQTT server cannot be reached: after it was tried in vain for a while, or as soon as it has said
 * something that trying again does not mend. A start of the handler or of the server is no outage. Confined to the loop.
 */
final class Outage {

    /** For how long it is tried. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private Instant since;
    private boolean told;

    /** Not connected yet, tried from then on. */
    Outage(Instant since) {
        this.since = since;
    }

    void connected() {
        since = Instant.MAX;
        told = false;
    }

    void disconnected(ConnectionEvent.Disconnected event, Instant at) {
        since = since.equals(Instant.MAX) ? at : since;
        told |= event.refused() || event.untrusted();
    }

    /** Whether it has become one that is to be told, by time alone. */
    boolean tick(Instant now) {
        boolean due = !due().isAfter(now);
        told |= due;
        return due;
    }

    /** When {@link #tick} is wanted. */
    Instant due() {
        return told || since.equals(Instant.MAX) ? Instant.MAX : since.plus(PATIENCE);
    }

    /** Whether it is to be told. */
    boolean told() {
        return told;
    }
}
