package io.akrimqtt.monitor.command.life;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All commands that are remembered: by id, by idempotency key, by what is due. Confined to its queue. */
final class CommandBook {

    private final Map<String, Command> commands = new HashMap<>();
    private final Map<String, Command> byKey = new HashMap<>();

    /** The oldest end first. */
    private final ArrayDeque<Command> ended = new ArrayDeque<>();

    final Timers timers = new Timers();

    @Nullable
    Command get(String id) {
        return commands.get(id);
    }

    /** A command whose record is being made safe under this ticket. */
    Optional<Command> find(String id, long ticket) {
        return Optional.ofNullable(commands.get(id)).filter(command -> command.ticket == ticket);
    }

    /** The command that was ordered before under the same key by the same caller, or null. */
    @Nullable
    Command earlier(CommandOrder order) {
        return order.idempotencyKey().isEmpty() ? null : byKey.get(key(order));
    }

    Command add(Command command) {
        commands.put(command.id, command);
        if (!command.order.idempotencyKey().isEmpty()) {
            byKey.putIfAbsent(key(command.order), command);
        }
        return command;
    }

    private static String key(CommandOrder order) {
        return order.caller() + "\0" + order.idempotencyKey();
    }

    /** It has ended, and is remembered until then. */
    void ended(Command command, Instant until) {
        ended.addLast(command);
        timers.set(command, until);
    }

    /** The one that ended first, where there are more than so many. */
    Optional<Command> tooMany(int most) {
        return ended.size() > most ? Optional.of(ended.getFirst()) : Optional.empty();
    }

    void forget(Command command) {
        // Usually the first.
        ended.removeFirstOccurrence(command);
        timers.remove(command);
        commands.remove(command.id);
        if (!command.order.idempotencyKey().isEmpty()) {
            byKey.remove(key(command.order), command);
        }
    }

    /** The oldest first. */
    List<CommandView> views() {
        return commands.values().stream()
                .sorted(Comparator.<Command, Instant>comparing(command -> command.submitted)
                        .thenComparingLong(command -> command.number))
                .map(Command::view)
                .toList();
    }
}
