package io.akrimqtt.monitor.command;

import io.akrimqtt.monitor.command.life.CommandRecord;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.CommandView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who waits for which command. Confined to the loop. */
final class CommandTold {

    private static final Logger LOG = LoggerFactory.getLogger(CommandTold.class);

    private final CommandCounters counters;
    private final CommandWatcher watcher;
    private final Map<String, List<Consumer<CommandUpdate>>> listeners = new HashMap<>();

    CommandTold(CommandCounters counters, CommandWatcher watcher) {
        this.counters = counters;
        this.watcher = watcher;
    }

    /** A command of an earlier process goes on here. */
    void restored(CommandRecord command) {
        watcher.restored(command.id(), command.order(), command.submitted());
    }

    void add(String id, Consumer<CommandUpdate> listener) {
        listeners.computeIfAbsent(id, _ -> new ArrayList<>()).add(listener);
    }

    void remove(String id, Consumer<CommandUpdate> listener) {
        listeners.computeIfPresent(id, (_, those) -> {
            those.remove(listener);
            return those.isEmpty() ? null : those;
        });
    }

    void tell(CommandUpdate update) {
        var outcome = update.outcome();
        var those = outcome.last() ? listeners.remove(update.id()) : listeners.getOrDefault(update.id(), List.of());
        if (outcome.last()) {
            counters.countEnded(outcome.state());
        }
        watcher.told(update);
        if (those != null) {
            List.copyOf(those).forEach(listener -> tell(listener, update));
        }
    }

    /** A listener that throws harms no other. */
    static void tell(Consumer<CommandUpdate> listener, CommandUpdate update) {
        try {
            listener.accept(update);
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("id", update.id()).setCause(e).log("listener of a command failed");
        }
    }

    /** Those who wait for one command wait for another one from here on. */
    void move(String id, CommandView earlier) {
        watcher.same(id, earlier.latest().id());
        var those = listeners.remove(id);
        if (those == null) {
            return;
        }
        var latest = earlier.latest();
        those.forEach(listener -> tell(listener, latest));
        if (!latest.outcome().last()) {
            those.forEach(listener -> add(latest.id(), listener));
        }
    }

    void late(CommandUpdate update) {
        counters.countLate();
        LOG.atInfo()
                .addKeyValue("id", update.id())
                .addKeyValue("state", update.outcome().state())
                .addKeyValue("late", CommandState.TIMED_OUT)
                .log("answer came after its command had timed out");
    }
}
