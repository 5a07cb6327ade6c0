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

    /** How many wait in which lane. */
    private final Map<Lane, Integer> lanes = new HashMap<>();

    private long bytes;

    /** What waits in one may be held up together: commands of one class for one device. */
    record Lane(String member, TrafficClass traffic) {

        static Lane of(Command command) {
            return new Lane(command.order.member(), command.order.terms().traffic());
        }
    }

    void add(Command command) {
        if (commands.add(command)) {
            bytes += command.size;
            lanes.merge(Lane.of(command), 1, Integer::sum);
        }
    }

    boolean remove(Command command) {
        boolean found = commands.remove(command);
        if (found) {
            bytes -= command.size;
            lanes.computeIfPresent(Lane.of(command), (_, count) -> count == 1 ? null : count - 1);
        }
        return found;
    }

    /** The first that is in none of these lanes. */
    Optional<Command> first(Set<Lane> but) {
        return but.size() >= lanes.size()
                ? Optional.empty()
                : commands.stream()
                        .filter(command -> !but.contains(Lane.of(command)))
                        .findFirst();
    }

    /** Those that are not for waiting for the device, just for their turn. */
    List<Command> impatient() {
        return commands.stream().filter(command -> !command.queued()).toList();
    }

    /** The one that a new command with this key replaces, for the same device. */
    Optional<Command> replaceable(String key, String member) {
        return key.isEmpty()
                ? Optional.empty()
                : commands.stream()
                        .filter(command -> command.replaceKey().equals(key) && !command.again)
                        .filter(command -> command.order.member().equals(member))
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
