package io.akrimqtt.presence.state;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** One MQTT server and where we are with it. Confined to its table. */
final class Link {

    /** Where we are with the server. */
    enum Phase {
        /** Not connected: its devices are held, their timers stand still. */
        DOWN,
        /** Connected, but its queue and its retained messages are not read yet: devices are held still. */
        CATCHING_UP,
        LIVE
    }

    final int server;
    final Timers timers = new Timers();

    Phase phase = Phase.DOWN;

    /** Counts connections. */
    int round;

    Session session = Session.FRESH;
    boolean drained;

    /** It looks as if it had been restarted, though it kept our session. */
    boolean restarted;

    /** What it retains is being read in the middle of a connection; counts how often that began. */
    boolean auditing;

    int audits;

    /** The devices behind each gateway. */
    final Map<String, Set<View>> children = new HashMap<>();

    /** Since when there is no contact without having caught up; not yet for a server that was never caught up with. */
    long downAt = Times.NOT_YET;

    long upAt;
    long drainedAt;

    /** It was away for longer than its grace: its word counts as unknown. */
    boolean lost;

    long lostAt;

    /** Whether what was not found among the retained messages is surely not there. */
    boolean complete;

    /** Its devices may have gone unseen. */
    boolean begunAnew() {
        return session == Session.LOST || restarted;
    }

    Link(int server) {
        this.server = server;
    }
}
