package io.akrimqtt.cli.rebalance;

import java.util.Locale;

/**
 * Where a move stands.
 *
 * @param node the node that has the device; empty for none, or where it is not known
 * @param text a sentence for people
 */
public record Step(Kind kind, String node, String text) {

    /** The steps; those from {@link #ARRIVED} on are final. */
    public enum Kind {
        /** Asked for. */
        WAITING,
        RELEASED,
        LEFT,
        ARRIVED,
        /** The device went away meanwhile. */
        GONE,
        /** It took too long. */
        GIVEN_UP,
        /** Nothing was begun, for a reason of the handler. */
        REFUSED,
        /** The handler went away, or we did. */
        INTERRUPTED,
        /** No handler of its node was given. */
        LEFT_ALONE,
        /** A move before it did not end well. */
        NOT_BEGUN;

        /** For people and programs, for example {@code given-up}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Whether the device is where it is to be, or nowhere for a good reason. */
        public boolean good() {
            return this == ARRIVED || this == GONE;
        }
    }
}
