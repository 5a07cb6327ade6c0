package io.akrimqtt.monitor.command.life;

import java.util.ArrayDeque;

/** Commands that have ended, the oldest first. Confined to its queue. */
final class Ended {

    private final ArrayDeque<Command> commands = new ArrayDeque<>();

    void add(Command command) {
        commands.addLast(command);
    }

    void remove(Command command) {
        // Usually the oldest.
        commands.removeFirstOccurrence(command);
    }

    Command oldest() {
        return commands.getFirst();
    }

    int size() {
        return commands.size();
    }
}
