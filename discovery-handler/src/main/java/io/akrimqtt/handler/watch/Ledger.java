package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.presence.state.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Messages are acknowledged after what follows from them is in the journal: in groups, so that a storm costs few writes. What
 * changes nothing is acknowledged at once. Confined to the loop.
 */
final class Ledger {

    /** A group is written at the latest when so many messages wait for it. */
    private static final int GROUP = 512;

    private final WatchJournal journal;
    private final Function<String, Optional<Memory>> memory;
    private final BooleanSupplier ended;
    private final Set<String> unwritten = new LinkedHashSet<>();
    private final List<Runnable> unacknowledged = new ArrayList<>();

    /** @param ended whether the watch has ended: nothing is acknowledged any more, since the journal may have gone */
    Ledger(WatchJournal journal, Function<String, Optional<Memory>> memory, BooleanSupplier ended) {
        this.journal = journal;
        this.memory = memory;
        this.ended = ended;
    }

    /** What is believed of these devices is to be written. */
    void remember(Set<String> devices) {
        unwritten.addAll(devices);
    }

    /** A message has been dealt with. */
    void arrived(Runnable acknowledge) {
        if (unwritten.isEmpty() && !ended.getAsBoolean()) {
            acknowledge.run();
            return;
        }
        unacknowledged.add(acknowledge);
        if (unacknowledged.size() >= GROUP) {
            settle();
        }
    }

    /** Writes what is to be written, and acknowledges what waits for it. */
    void settle() {
        if (!unwritten.isEmpty()) {
            Map<String, Optional<Memory>> changes = new HashMap<>();
            unwritten.forEach(device -> changes.put(device, memory.apply(device)));
            unwritten.clear();
            journal.remember(changes);
        }
        acknowledge();
    }

    /** Writes everything, in place of what is there. */
    void writeAll(Stream<Memory> all) {
        unwritten.clear();
        journal.rememberAll(all);
        acknowledge();
    }

    private void acknowledge() {
        if (!ended.getAsBoolean()) {
            unacknowledged.forEach(Runnable::run);
        }
        unacknowledged.clear();
    }
}
