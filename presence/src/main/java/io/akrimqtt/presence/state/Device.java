package io.akrimqtt.presence.state;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A device as all MQTT servers together show it. Confined to its table. */
final class Device {

    final String id;

    /** One view per server that knows the device, in a chain. */
    @Nullable
    View views;

    /** Null until a server shows it. */
    @Nullable
    Presence presence;

    boolean listed;

    /** Of its memory as it was last written; zero for never. */
    long remembered;

    /** It comes and goes too often, and is kept listed for that. */
    boolean flapping;

    /** Whether it was there, or gone, when that was known last; and when that changed, the latest times in a ring. */
    private @Nullable Boolean there;

    private long @Nullable [] changes;
    private byte changed;
    private Reason reason = Reason.NAMED;
    private @Nullable String topic;
    private long at;
    private @Nullable History history;

    Device(String id) {
        this.id = id;
    }

    /** The view of a server, or null. */
    @Nullable
    View on(Link link) {
        View view = views;
        while (view != null && view.link != link) {
            view = view.next;
        }
        return view;
    }

    void add(View view) {
        view.next = views;
        views = view;
    }

    void remove(View view) {
        if (views == view) {
            views = view.next;
            return;
        }
        for (View before = views; before != null; before = before.next) {
            if (before.next == view) {
                before.next = view.next;
                return;
            }
        }
    }

    /**
     * Merges what the servers show: online before sleeping before unknown before offline.
     *
     * @return whether anything changed
     */
    boolean merge() {
        @Nullable View best = null;
        for (View view = views; view != null; view = view.next) {
            if (view.shown != null && (best == null || before(view, best))) {
                best = view;
            }
        }
        return best != null && take(best);
    }

    private boolean take(View best) {
        var shown = best.shown == null ? Presence.UNKNOWN : best.shown;
        boolean overruled = best.overruled != null;
        var why = best.overruled == null ? best.reason : best.overruled;
        if (shown == presence && why.kind() == reason.kind()) {
            return false;
        }
        reason = why;
        topic = overruled ? null : best.reasonTopic;
        at = overruled ? best.overruledAt : best.reasonAt;
        move(shown);
        return true;
    }

    /** Decides whether Akri is to have it. */
    void list(PresenceRules rules) {
        listed = flapping
                || switch (presence) {
                    case ONLINE -> true;
                    case SLEEPING -> rules.listed().contains(Presence.SLEEPING);
                    case UNKNOWN -> listed && rules.listed().contains(Presence.UNKNOWN);
                    case OFFLINE -> false;
                    case null -> listed;
                };
    }

    /** Notes that it came or went; the first time that either is known is no change. */
    boolean turned(long now) {
        if (presence == null || presence == Presence.UNKNOWN) {
            return false;
        }
        boolean is = presence != Presence.OFFLINE;
        boolean turned = there != null && there != is;
        there = is;
        if (turned) {
            if (changes == null) {
                changes = new long[Damping.CHANGES];
                Arrays.fill(changes, Times.NOT_YET);
            }
            changes[changed] = now;
            changed = (byte) ((changed + 1) % Damping.CHANGES);
        }
        return turned;
    }

    /** How often it came or went of late, up to {@link Damping#CHANGES}. */
    int changesSince(long now, Duration window) {
        int count = 0;
        for (long at : changes == null ? new long[0] : changes) {
            count += at != Times.NOT_YET && now < Times.plus(at, window) ? 1 : 0;
        }
        return count;
    }

    private void move(Presence to) {
        var from = presence == null ? Presence.UNKNOWN : presence;
        presence = to;
        if (from != to) {
            if (history == null) {
                history = new History();
            }
            history.add(from, to, reason, topic, at);
        }
    }

    private static boolean before(View one, View other) {
        int difference = rank(one.shown) - rank(other.shown);
        return difference != 0 ? difference > 0 : one.link.server < other.link.server;
    }

    private static int rank(@Nullable Presence presence) {
        return switch (presence) {
            case ONLINE -> 4;
            case SLEEPING -> 3;
            case UNKNOWN -> 2;
            case OFFLINE -> 1;
            case null -> 0;
        };
    }

    /** What is believed; only of a device that a server has shown. */
    Belief belief() {
        var now = presence == null ? Presence.UNKNOWN : presence;
        return new Belief(
                id,
                now,
                listed,
                flapping,
                new Evidence(reason.kind(), topic, Times.instant(at), reason.text()),
                history == null ? List.of() : history.transitions());
    }
}
