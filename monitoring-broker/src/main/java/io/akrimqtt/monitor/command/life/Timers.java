package io.akrimqtt.monitor.command.life;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** When something is due for which command; one moment each. Confined to its queue. */
final class Timers {

    private final TreeSet<Command> commands = new TreeSet<>(
            Comparator.<Command, Instant>comparing(command -> command.due).thenComparing(command -> command.id));

    void set(Command command, Instant due) {
        commands.remove(command);
        command.due = due;
        commands.add(command);
    }

    void remove(Command command) {
        commands.remove(command);
    }

    /** Far in the future where nothing is due. */
    Instant next() {
        return commands.isEmpty() ? Instant.MAX : commands.first().due;
    }

    Optional<Command> first() {
        return commands.isEmpty() ? Optional.empty() : Optional.of(commands.first());
    }
}
