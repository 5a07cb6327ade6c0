package io.akrimqtt.monitor.command;

import io.akrimqtt.monitor.command.life.CommandState;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** Counts commands by their final state, since the start. Thread-safe. */
public final class CommandCounters {

    private final Map<CommandState, LongAdder> ended = new EnumMap<>(CommandState.class);
    private final LongAdder late = new LongAdder();

    public CommandCounters() {
        for (var state : CommandState.values()) {
            ended.put(state, new LongAdder());
        }
    }

    void countEnded(CommandState state) {
        adder(state).increment();
    }

    /** How many commands ended so. */
    public long ended(CommandState state) {
        return adder(state).sum();
    }

    void countLate() {
        late.increment();
    }

    /** How many answers came after their commands had timed out. */
    public long late() {
        return late.sum();
    }

    private LongAdder adder(CommandState state) {
        return Objects.requireNonNull(ended.get(state));
    }
}
