package io.akrimqtt.cli.agent;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The fair lock that Akri's agent holds around its handlers. New requests are readers, and stay inside until all of their
 * handlers have answered; registrations are writers. First come, first served: a registration waits for a slow answer, and new
 * requests of other Configurations wait behind that registration (tokio's RwLock). Confined to its core.
 */
final class HandlerGate {

    private sealed interface Turn {
        record Read(Runnable entered) implements Turn {}

        record Write(Runnable action) implements Turn {}
    }

    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int readers;

    /** Runs {@code entered} once inside; {@link #leave} ends the stay. */
    void read(Runnable entered) {
        waiting.add(new Turn.Read(entered));
        advance();
    }

    /** Runs {@code action} once nobody is inside. */
    void write(Runnable action) {
        waiting.add(new Turn.Write(action));
        advance();
    }

    /** A reader is done. */
    void leave() {
        readers--;
        advance();
    }

    private void advance() {
        while (!waiting.isEmpty()) {
            switch (waiting.element()) {
                case Turn.Read(var entered) -> {
                    waiting.remove();
                    readers++;
                    entered.run();
                }
                case Turn.Write(var action) -> {
                    if (readers > 0) {
                        return;
                    }
                    waiting.remove();
                    action.run();
                }
            }
        }
    }
}
