package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandEvent;
import org.jspecify.annotations.Nullable;

/** Holds the one who is told what happens on a route; until there is one, nobody is. Thread-safe. */
final class ListenerSlot implements CommandRoute.Listener {

    private volatile CommandRoute.@Nullable Listener listener;

    void set(CommandRoute.Listener value) {
        listener = value;
    }

    @Override
    public void changed() {
        var told = listener;
        if (told != null) {
            told.changed();
        }
    }

    @Override
    public void overheard(String id, CommandEvent event) {
        var told = listener;
        if (told != null) {
            told.overheard(id, event);
        }
    }
}
