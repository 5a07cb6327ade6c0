package io.akrimqtt.presence.state;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules for one device on one MQTT 5 server that is always there, written down a second time and as plainly as possible: it
 * keeps the whole history and finds out by going through it again, second by second. Independent of the real thing on purpose.
 */
final class NaiveModel {

    /** What can happen in one second; the first four change what the server retains. */
    enum Step {
        BIRTH,
        WILL,
        REMOVED,
        SLEEPS,
        WILL_NOT_RETAINED,
        /** A will arrives although the server retains online again. */
        OVERTAKEN_WILL,
        DATA,
        NOTHING
    }

    private static final int GRACE = 10;
    private static final int SETTLE = 3;

    private final int silence;
    private final boolean written;
    private final List<Step> history = new ArrayList<>();

    NaiveModel(int silence, boolean written) {
        this.silence = silence;
        this.written = written;
    }

    void happens(Step step) {
        history.add(step);
    }

    /** What is believed after the latest second; empty text for a device that nobody knows. */
    String belief() {
        var belief = "";
        boolean backed = false;
        boolean retainedOnline = false;
        boolean retainedAsleep = false;
        boolean retainedOffline = false;
        int lastLife = 0;
        int farewell = -1;
        int firstFarewell = -1;
        var farewellKind = Step.NOTHING;
        for (int now = 0; now < history.size(); now++) {
            var step = history.get(now);
            // A message at the moment at which a timer is due comes first, but only timers that its own device has.
            switch (step) {
                case BIRTH -> {
                    belief = "ONLINE";
                    backed = true;
                    lastLife = now;
                    farewell = -1;
                    retainedOnline = true;
                    retainedAsleep = false;
                    retainedOffline = false;
                }
                case SLEEPS -> {
                    belief = "SLEEPING";
                    backed = true;
                    lastLife = now;
                    farewell = -1;
                    retainedOnline = false;
                    retainedAsleep = true;
                    retainedOffline = false;
                }
                case WILL, WILL_NOT_RETAINED, OVERTAKEN_WILL -> {
                    if (step == Step.WILL) {
                        retainedOnline = false;
                        retainedAsleep = false;
                        retainedOffline = true;
                    }
                    if (step == Step.OVERTAKEN_WILL) {
                        retainedOnline = true;
                        retainedAsleep = false;
                        retainedOffline = false;
                    }
                    if (!belief.equals("SLEEPING")) {
                        firstFarewell = farewell >= 0 && belief.equals("ONLINE") ? firstFarewell : now;
                        farewell = now;
                        farewellKind = step;
                        belief = belief.equals("ONLINE") ? "ONLINE" : "OFFLINE";
                        backed = belief.equals("ONLINE") && backed;
                    }
                }
                case REMOVED -> {
                    retainedOnline = false;
                    retainedAsleep = false;
                    retainedOffline = false;
                    if (!belief.isEmpty()) {
                        boolean running = farewell >= 0 && (belief.equals("ONLINE") || farewellKind == Step.REMOVED);
                        firstFarewell = running ? firstFarewell : now;
                        farewell = now;
                        farewellKind = Step.REMOVED;
                    }
                }
                case DATA -> {
                    boolean overtaken = farewell >= 0 && now < farewell + SETTLE;
                    if (!overtaken) {
                        backed = belief.equals("ONLINE") && farewell < 0 && backed;
                        belief = "ONLINE";
                        lastLife = now;
                        farewell = -1;
                    }
                }
                case NOTHING -> {}
            }
            boolean waiting = farewell >= 0 && (belief.equals("ONLINE") || farewellKind == Step.REMOVED);
            if (waiting && now >= firstFarewell + GRACE) {
                switch (farewellKind) {
                    case REMOVED -> {
                        if (retainedOnline) {
                            belief = "ONLINE";
                            backed = true;
                        } else if (retainedAsleep) {
                            belief = "SLEEPING";
                        } else if (retainedOffline) {
                            belief = "OFFLINE";
                            backed = false;
                        } else {
                            belief = "";
                            backed = false;
                        }
                    }
                    case WILL, OVERTAKEN_WILL -> {
                        if (retainedOnline) {
                            backed = true;
                        } else if (retainedAsleep) {
                            belief = "SLEEPING";
                        } else {
                            belief = "OFFLINE";
                            backed = false;
                        }
                    }
                    default -> {
                        belief = "OFFLINE";
                        backed = false;
                    }
                }
                boolean stood = belief.equals("OFFLINE");
                farewell = stood ? farewell : -1;
                if (stood && farewellKind == Step.REMOVED) {
                    farewellKind = Step.WILL;
                }
                waiting = false;
            }
            boolean silent = now >= lastLife + silence && (!backed || written);
            if (!waiting && belief.equals("ONLINE") && silent) {
                belief = "OFFLINE";
                backed = false;
            }
        }
        return belief;
    }
}
