package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what becomes of a command. */
final class Calls implements Consumer<CommandEvent> {

    final List<CommandEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void accept(CommandEvent event) {
        events.add(event);
    }

    /** Waits for an answer or a failure. */
    CommandEvent last() {
        await().until(() -> events.stream()
                .anyMatch(event -> event instanceof CommandEvent.Answered || event instanceof CommandEvent.Failed));
        return events.getLast();
    }

    CommandEvent.Answered answer() {
        return (CommandEvent.Answered) last();
    }

    CommandEvent.Failed failure() {
        return (CommandEvent.Failed) last();
    }
}
