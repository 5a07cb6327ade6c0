package io.akrimqtt.presence.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Offline statements and takings back: a grace, then a look at what the server retains, then a verdict. Never is a device
 * evicted on one message.
 */
final class Farewells {

    /** On MQTT 3.1.1 a retained online refutes an offline statement only where a birth came live this close to it. */
    private static final Duration BIRTH_NEARBY = Duration.ofSeconds(60);

    private final PresenceRules rules;
    private final Outbox outbox;

    Farewells(PresenceRules rules, Outbox outbox) {
        this.rules = rules;
        this.outbox = outbox;
    }

    /**
     * An offline statement.
     *
     * @param from when the grace begins
     * @param grace how long it must stand
     */
    void offline(View view, String topic, Published published, long at, long from, Duration grace, Reason why) {
        if (view.presence == Presence.SLEEPING) {
            return; // it drops its connection to sleep, and its will says so
        }
        view.offlineAt = at;
        view.offlineTopic = topic;
        view.offlinePublished = published;
        view.offlineReason = why;
        view.disbelieved = null;
        boolean held = view.presence == Presence.ONLINE || (view.presence == Presence.UNKNOWN && view.device.listed);
        if (held) {
            wait(view, View.Phase.LEAVING, Times.plus(from, grace));
        } else {
            stand(view, published == Published.NOT_RETAINED);
        }
    }

    /** It was taken back. */
    void gone(View view, String topic, long at, long from) {
        view.offlineAt = at;
        view.offlineTopic = topic;
        view.offlineReason = Reason.SHOWN_OFFLINE;
        if (view.phase == View.Phase.LEAVING_CHECK) {
            view.phase = View.Phase.GOING_CHECK;
        }
        wait(view, View.Phase.GOING, Times.plus(from, rules.offlineGrace()));
    }

    private static void wait(View view, View.Phase phase, long due) {
        if (view.checking()) {
            view.repeated = true;
        } else {
            view.phaseDue = view.phase == View.Phase.NONE ? due : view.phaseDue;
            view.phase = phase;
        }
    }

    /** Starts the grace anew, after a time in which it could not run. */
    void restart(View view, long due) {
        view.phase = switch (view.phase) {
            case NONE -> View.Phase.NONE;
            case LEAVING, LEAVING_CHECK -> View.Phase.LEAVING;
            case GOING, GOING_CHECK -> View.Phase.GOING;
        };
        view.repeated = false;
        view.phaseDue = view.phase == View.Phase.NONE ? Times.NEVER : due;
    }

    /** The grace is over, or the time in which an answer should have come. */
    void fire(View view, long now) {
        switch (view.phase) {
            case NONE -> {}
            case LEAVING -> {
                var topics = topicsToRead(view);
                if (topics.isEmpty()) {
                    stand(view, true);
                } else {
                    ask(view, View.Phase.LEAVING_CHECK, topics, now);
                }
            }
            case GOING -> ask(view, View.Phase.GOING_CHECK, readable(view.offlineTopic), now);
            case LEAVING_CHECK -> stand(view, false);
            case GOING_CHECK -> outbox.remove(view);
        }
    }

    private void ask(View view, View.Phase phase, List<String> topics, long now) {
        view.phase = phase;
        view.phaseDue = Times.plus(now, PresenceTable.VERIFICATION_LIMIT);
        view.repeated = false;
        view.ticket = outbox.verify(view, topics);
    }

    private List<String> topicsToRead(View view) {
        var topics = new ArrayList<String>(2);
        if (view.offlinePublished != Published.NOT_RETAINED) {
            topics.addAll(readable(view.offlineTopic));
        }
        if (bornElsewhereJustBefore(view)) {
            topics.addAll(readable(view.bornTopic));
        }
        return topics;
    }

    private static List<String> readable(@Nullable String topic) {
        return topic == null ? List.of() : List.of(topic);
    }

    /** No order holds between two topics: a birth that close to the offline statement may have come after it. */
    private boolean bornElsewhereJustBefore(View view) {
        return view.bornTopic != null && !view.bornTopic.equals(view.offlineTopic) && bornWithin(view, rules.settle());
    }

    private static boolean bornWithin(View view, Duration distance) {
        return view.bornAt != Times.NOT_YET && view.offlineAt <= Times.plus(view.bornAt, distance);
    }

    /** The answer to what was asked with {@link Outbox#verify}. */
    void verified(View view, long ticket, Map<String, Said> found, long now) {
        if (!view.checking() || view.ticket != ticket) {
            return;
        }
        @Nullable Said said = view.offlineTopic == null ? null : found.get(view.offlineTopic);
        boolean refuted = found.entrySet().stream().anyMatch(entry -> refuted(view, entry.getKey(), entry.getValue()));
        if (view.going() && said == null) {
            outbox.remove(view);
        } else if (view.repeated && (refuted || view.going())) {
            ask(view, view.phase, view.going() ? readable(view.offlineTopic) : topicsToRead(view), now);
        } else if (!refuted) {
            stand(view, said == Said.ONLINE);
        } else {
            reannounced(view, found.containsValue(Said.SLEEPING), now);
        }
    }

    private void reannounced(View view, boolean asleep, long now) {
        outbox.lateWill();
        @Nullable String topic = view.offlineTopic;
        view.endFarewell();
        view.stated = true;
        view.kept = true;
        if (asleep) {
            view.believe(Presence.SLEEPING, Reason.SHOWN_SLEEPING, topic, now);
        } else if (view.presence != Presence.ONLINE) {
            view.believe(Presence.ONLINE, Reason.SHOWN_ONLINE, topic, now);
        }
    }

    /** Whether what is retained on a topic says that the device was announced again after its farewell. */
    boolean refuted(View view, String topic, Said said) {
        if (said != Said.ONLINE && said != Said.SLEEPING) {
            return false;
        }
        if (view.going()) {
            return true; // what was taken back leaves nothing behind
        }
        if (!topic.equals(view.offlineTopic)) {
            return topic.equals(view.bornTopic) && bornElsewhereJustBefore(view);
        }
        return switch (view.offlinePublished) {
            case RETAINED -> true;
            case NOT_RETAINED -> false;
            case NOT_KNOWN -> bornWithin(view, BIRTH_NEARBY);
        };
    }

    /** The farewell counts. Where the server retains another word than it, that word is known to be out of date. */
    private static void stand(View view, boolean stale) {
        view.phase = View.Phase.NONE;
        view.phaseDue = Times.NEVER;
        view.repeated = false;
        view.stated = false;
        view.kept = false;
        view.doubtDue = Times.NEVER;
        view.doubted = false;
        view.disbelieved = stale ? Said.ONLINE : null;
        view.believe(Presence.OFFLINE, view.offlineReason, view.offlineTopic, view.offlineAt);
    }
}
