package io.akrimqtt.monitor.command.life;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Commands that are to be sent, in their order. Confined to its queue. */
final class Waiting {

    private final TreeSet<Command> commands = new TreeSet<>(Comparator.comparing(Command::priority)
            .thenComparing(command -> command.submitted)
            .thenComparingLong(command -> command.number)
            .thenComparing(command -> command.id));
    /** How many wait for which device. */
    private final Map<String, Integer> members = new HashMap<>();

    private long bytes;

    void add(Command command) {
        if (commands.add(command)) {
            bytes += command.size;
            members.merge(command.order.member(), 1, Integer::sum);
        }
    }

    boolean remove(Command command) {
        boolean found = commands.remove(command);
        if (found) {
            bytes -= command.size;
            members.computeIfPresent(command.order.member(), (_, count) -> count == 1 ? null : count - 1);
        }
        return found;
    }

    /** The first that is for none of these devices. */
    Optional<Command> first(Set<String> but) {
        return but.size() >= members.size()
                ? Optional.empty()
                : commands.stream()
                        .filter(command -> !but.contains(command.order.member()))
                        .findFirst();
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
