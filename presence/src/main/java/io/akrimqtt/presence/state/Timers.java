package io.akrimqtt.presence.state;

import java.util.Arrays;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The views of one MQTT server, the one whose timer may be due first at the top. Confined to its table.
 *
 * <p>A binary heap in which each view knows its slot, so that it is in it exactly once, however many messages come. A view's
 * key is a lower bound of when its timer is due: a message that puts the timer off, as almost all do, changes nothing here.
 */
final class Timers {

    private @Nullable View[] views = new @Nullable View[16];
    private int size;

    int size() {
        return size;
    }

    /** The view in a slot from zero to size, in no order that means anything. */
    View get(int slot) {
        View view = views[slot];
        if (view == null) {
            throw new IllegalStateException("timers: slot " + slot + " of " + size + " is empty");
        }
        return view;
    }

    /** The earliest key, or never. */
    long first() {
        return size == 0 ? Times.NEVER : get(0).key;
    }

    void add(View view) {
        if (size == views.length) {
            views = Arrays.copyOf(views, size * 2);
        }
        view.key = Times.NEVER;
        put(view, size++);
    }

    void remove(View view) {
        int slot = view.slot;
        View last = get(--size);
        views[size] = null;
        if (last != view) {
            put(last, slot);
            down(last);
            up(last);
        }
    }

    /** Sees to it that the view comes to the top at this time or before. */
    void notAfter(View view, long due) {
        if (due < view.key) {
            view.key = due;
            up(view);
        }
    }

    /** Puts the view where it belongs by the time that its timer is due. */
    void exactly(View view, long due) {
        view.key = due;
        down(view);
        up(view);
    }

    /** Puts all views where they belong. */
    void rebuild(ToLongFunction<View> due) {
        for (int slot = 0; slot < size; slot++) {
            View view = get(slot);
            view.key = due.applyAsLong(view);
        }
        for (int slot = size / 2 - 1; slot >= 0; slot--) {
            down(get(slot));
        }
    }

    private void up(View view) {
        int slot = view.slot;
        while (slot > 0) {
            View parent = get((slot - 1) / 2);
            if (parent.key <= view.key) {
                break;
            }
            int above = parent.slot;
            put(parent, slot);
            slot = above;
        }
        put(view, slot);
    }

    private void down(View view) {
        int slot = view.slot;
        for (int child = 2 * slot + 1; child < size; child = 2 * slot + 1) {
            View smaller = get(child);
            if (child + 1 < size && get(child + 1).key < smaller.key) {
                smaller = get(child + 1);
            }
            if (smaller.key >= view.key) {
                break;
            }
            int below = smaller.slot;
            put(smaller, slot);
            slot = below;
        }
        put(view, slot);
    }

    private void put(View view, int slot) {
        views[slot] = view;
        view.slot = slot;
    }
}
