package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.PubSubClient;
import java.time.InstantSource;
import java.util.Map;

/** The device's side: gets commands, does each once, answers. Thread-safe. */
public final class CommandExecutor implements AutoCloseable {

    private CommandExecutor() {}

    /** Subscribes for commands; call it before {@link PubSubClient#connect()}. Other commands are answered with 404. */
    @SuppressWarnings("DoNotCallSuggester") // Until it is written.
    public static CommandExecutor create(
            PubSubClient client, CommandTopics topics, Map<String, CommandHandler> handlers, InstantSource clock) {
        throw new UnsupportedOperationException("not yet");
    }

    /** Gets nothing more; what is being done is still answered. */
    @Override
    public void close() {}
}
