package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Keeps what becomes of a command. */
final class Calls implements Consumer<CommandEvent> {

    final List<CommandEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void accept(CommandEvent event) {
        events.add(event);
    }

    /** Waits for an answer or a failure, and gives the first. */
    CommandEvent last() {
        await().until(() -> ends().findFirst().isPresent());
        return ends().findFirst().orElseThrow();
    }

    /** Not the last events: where several commands tell them here, others may be told behind them. */
    private Stream<CommandEvent> ends() {
        return events.stream()
                .filter(event -> event instanceof CommandEvent.Answered || event instanceof CommandEvent.Failed);
    }

    CommandEvent.Answered answer() {
        return (CommandEvent.Answered) last();
    }

    CommandEvent.Failed failure() {
        return (CommandEvent.Failed) last();
    }
}
