package io.akrimqtt.monitor.command.life;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Commands that are to be sent, in their order. Confined to its queue. */
final class Waiting {

    private final TreeSet<Command> commands = new TreeSet<>(Comparator.comparing(Command::priority)
            .thenComparing(command -> command.submitted)
            .thenComparingLong(command -> command.number)
            .thenComparing(command -> command.id));
    private long bytes;

    void add(Command command) {
        if (commands.add(command)) {
            bytes += command.size;
        }
    }

    boolean remove(Command command) {
        boolean found = commands.remove(command);
        bytes -= found ? command.size : 0;
        return found;
    }

    Optional<Command> first() {
        return commands.isEmpty() ? Optional.empty() : Optional.of(commands.first());
    }

    /** Those that are not for waiting for the device, just for their turn. */
    List<Command> impatient() {
        return commands.stream().filter(command -> !command.queued()).toList();
    }

    /** The one that a new command with this key replaces. */
    Optional<Command> replaceable(String key) {
        return key.isEmpty()
                ? Optional.empty()
                : commands.stream()
                        .filter(command -> command.replaceKey().equals(key) && !command.again)
                        .findFirst();
    }

    int size() {
        return commands.size();
    }

    /** Of their payloads. */
    long bytes() {
        return bytes;
    }
}
