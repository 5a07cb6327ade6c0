package io.akrimqtt.presence.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What of a device must survive our death: enough to go on as if we had only lost our connections.
 *
 * @param listed whether Akri had it
 * @param flapping it was kept listed for coming and going too often
 * @param servers what each MQTT server told, by the server's number, in that order; 1 or more
 */
public record Memory(String device, boolean listed, boolean flapping, List<OfServer> servers) {

    public Memory {
        servers = List.copyOf(servers);
    }

    /**
     * What one server told.
     *
     * @param presence what it comes to
     * @param why the name of the reason
     * @param topic where the evidence came, or empty
     * @param at when it came
     * @param stated a statement supports it, not activity alone
     * @param kept that statement is what the server retains, as far as we know
     * @param farewell the offline statement, or the taking back, that nothing has overruled yet
     * @param birth the last live online statement
     * @param disbelieved a retained statement of which we know that it is out of date
     * @param doubtDue when the retained statement loses its weight for want of live evidence; empty for never
     * @param doubted it has lost it
     * @param gateway the device that speaks for it, or empty
     * @param queued what the session's queue said last, while it is not weighed yet
     */
    public record OfServer(
            int server,
            Presence presence,
            String why,
            Optional<String> topic,
            Instant at,
            boolean stated,
            boolean kept,
            Optional<Farewell> farewell,
            Optional<Birth> birth,
            Optional<Said> disbelieved,
            Optional<Instant> doubtDue,
            boolean doubted,
            Optional<Gateway> gateway,
            Optional<Queued> queued) {}

    /**
     * A farewell.
     *
     * @param taken it was taken back, not said offline
     * @param pending the grace runs, or its verification: it is not decided yet
     */
    public record Farewell(
            Instant at, Optional<String> topic, Published published, String why, boolean taken, boolean pending) {}

    /**
     * A gateway.
     *
     * @param device the device that speaks for this one when it is gone itself
     * @param after when this one's own word counts again after that
     * @param waiting the gateway is back, and that has not happened yet
     */
    public record Gateway(String device, PresenceEvent.Return after, boolean waiting) {}

    /**
     * The last word of the session's queue.
     *
     * @param awake before that the queue said that the device is online
     * @param sleeper it is an offline one, and the word before it was that the device sleeps
     */
    public record Queued(Said said, String topic, boolean awake, boolean sleeper) {}

    /** A birth. */
    public record Birth(Instant at, String topic) {}
}
