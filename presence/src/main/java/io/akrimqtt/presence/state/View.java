package io.akrimqtt.presence.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one MQTT server has told of one device. Confined to its table; {@link Judge} writes it.
 *
 * <p>There are as many as devices times servers that know them: each field counts.
 */
final class View {

    /** What is under way with a farewell. */
    enum Phase {
        NONE,
        /** It said offline; the grace runs. */
        LEAVING,
        /** The grace is over; the retained messages are read again. */
        LEAVING_CHECK,
        /** It was taken back; the grace runs. */
        GOING,
        /** As {@link #LEAVING_CHECK}. */
        GOING_CHECK
    }

    final Device device;
    final Link link;

    /** The same device on another server. */
    @Nullable
    View next;

    /** What this server's word comes to. */
    Presence presence = Presence.UNKNOWN;

    /** What of it counts: the same, but held while the server is away or being caught up with; null before that. */
    @Nullable
    Presence shown;

    Reason reason = Reason.NAMED;

    @Nullable
    String reasonTopic;

    long reasonAt;

    /** A statement supports the presence, not activity alone. */
    boolean stated;

    /** That statement is what the server retains, as far as we know. */
    boolean kept;

    /** Silence is counted from here: the last live evidence, or when the server came back. */
    long heard;

    /** The offline statement, or the taking back, that nothing has overruled yet. */
    long offlineAt = Times.NOT_YET;

    @Nullable
    String offlineTopic;

    Published offlinePublished = Published.NOT_KNOWN;
    Reason offlineReason = Reason.SAID_OFFLINE;

    /** The last live online statement. */
    long bornAt = Times.NOT_YET;

    @Nullable
    String bornTopic;

    Phase phase = Phase.NONE;
    long phaseDue = Times.NEVER;
    long ticket;

    /** Another farewell came while the retained messages were being read again. */
    boolean repeated;

    /** A retained statement of which we know that it is out of date: seen again, it says nothing. */
    @Nullable
    Said disbelieved;

    /** When a retained online loses its weight for want of live evidence. */
    long doubtDue = Times.NEVER;

    /** It has. */
    boolean doubted;

    /** The last live statement, the last live evidence and the last retained statement came in these rounds of the link. */
    int statedRound;

    int aliveRound;
    int caughtRound;

    /** What the queue and the retained messages said while we were catching up. */
    @Nullable
    Said queued;

    @Nullable
    Said caught;

    @Nullable
    String queuedTopic;

    /** Before that the queue said that it was awake, or its last word before an offline one was that it sleeps. */
    boolean queuedAwake;

    boolean queuedSleeper;

    @Nullable
    String caughtTopic;

    long caughtAt;

    /** The server refuses the filters that cover it. */
    boolean unheard;

    /** Its gateway is back; its own word does not count yet. */
    boolean waiting;

    /** What stands before its own word, or null. */
    @Nullable
    Reason overruled;

    long overruledAt;

    /** The last live statement came in this audit of the link; and in how many complete ones its retained one was missing. */
    int statedAudit;

    byte missed;

    /** The longest gaps between live messages, in seconds: of the latest so many, and of the eight before them. */
    int gap;

    int gapBefore;
    byte gaps;

    /** The device that speaks for it when it is gone itself. */
    Memory.@Nullable Gateway gateway;

    /** Belong to {@link Timers}. */
    int slot;

    long key = Times.NEVER;

    View(Device device, Link link, String topic, long at) {
        this.device = device;
        this.link = link;
        this.heard = at;
        this.reasonTopic = topic;
        this.reasonAt = at;
    }

    static String clipped(String topic) {
        int most = PresenceTable.MAX_TOPIC;
        return topic.length() > most ? topic.substring(0, most - 1) + "…" : topic;
    }

    boolean alive() {
        return aliveRound == link.round;
    }

    /** The same text, as the object that is kept already where there is one. */
    String shared(String topic) {
        for (@Nullable String known : Arrays.asList(reasonTopic, bornTopic, offlineTopic)) {
            if (known != null && known.equals(topic)) {
                return known;
            }
        }
        return topic;
    }

    boolean going() {
        return phase == Phase.GOING || phase == Phase.GOING_CHECK;
    }

    boolean checking() {
        return phase == Phase.LEAVING_CHECK || phase == Phase.GOING_CHECK;
    }

    /** A statement came live. */
    void stated() {
        statedRound = link.round;
        statedAudit = link.audits;
        missed = 0;
        forgetQueue();
    }

    /** What the queue said is weighed, or something fresher has come. */
    void forgetQueue() {
        queued = null;
        queuedTopic = null;
        queuedAwake = false;
        queuedSleeper = false;
    }

    boolean there() {
        return presence == Presence.ONLINE || presence == Presence.SLEEPING;
    }

    /** What counts of it: its own word, or what stands before that. */
    void stand(@Nullable Reason before, long at) {
        if (before != overruled) {
            overruled = before;
            overruledAt = at;
        }
        shown = before == null
                ? presence
                : before.kind() == Evidence.Kind.GATEWAY ? Presence.OFFLINE : Presence.UNKNOWN;
    }

    boolean statedLive() {
        return statedRound == link.round;
    }

    /** Takes an evidence where it changes what is believed, or by what kind of evidence. */
    void believe(Presence now, Reason why, @Nullable String topic, long at) {
        if (now != presence || why.kind() != reason.kind()) {
            presence = now;
            reason = why;
            reasonTopic = topic;
            reasonAt = at;
        }
    }

    void endFarewell() {
        phase = Phase.NONE;
        phaseDue = Times.NEVER;
        repeated = false;
        offlineAt = Times.NOT_YET;
        offlineTopic = null;
    }
}
