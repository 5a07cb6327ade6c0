package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.PubSubClient;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** Asks a device to do something and tells what becomes of it. Thread-safe. */
public final class CommandInvoker implements AutoCloseable {

    private CommandInvoker() {}

    /**
     * Subscribes for answers; call it before {@link PubSubClient#connect()}.
     *
     * @param clientId the client's, for the default topic of answers
     */
    @SuppressWarnings("DoNotCallSuggester") // Until it is written.
    public static CommandInvoker create(
            PubSubClient client, CommandTopics topics, String clientId, InstantSource clock, RandomGenerator random) {
        throw new UnsupportedOperationException("not yet");
    }

    /**
     * Sends a command. Never blocks and never throws: what is wrong is told to the listener.
     *
     * @param listener told in order, on threads of the invoker or of the client; must not block
     */
    @SuppressWarnings("DoNotCallSuggester") // Until it is written.
    public CommandCall invoke(CommandRequest request, Consumer<CommandEvent> listener) {
        throw new UnsupportedOperationException("not yet");
    }

    /** How many answers came that no call waited for: late, repeated, foreign or forged. */
    public long unmatchedAnswers() {
        return 0;
    }

    /** Ends all calls with status 499, and the subscription. */
    @Override
    public void close() {}
}
