package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * The device's side: gets commands, does each once, answers, and acknowledges a request to the server only then. Thread-safe.
 *
 * <p>A request is known again by its topic and its correlation data, by its topic alone where that has an id, or by the caller's
 * own key ({@link CommandRequest#IDEMPOTENCY_KEY}); what has none of them is done each time. Retained commands are dropped: they
 * would be done again at each connect. Limits are those of {@link ExecutorOptions}; a handler that never returns keeps its place.
 *
 * <p>Until a request is answered the server counts it as in flight, and servers allow few: Mosquitto 20 by its default; HiveMQ CE
 * sends nothing more to a client before it has acknowledged all that was sent. So a slow command holds back all else that this
 * client receives, cancellations included: give the executor a client of its own, short times, or
 * {@link ExecutorOptions#acknowledgeEarly()}.
 */
public final class CommandExecutor implements AutoCloseable {

    /** How many requests are remembered, where the options say nothing else. */
    public static final int MOST = 1_000;

    /** How many requests are being done at a time, where the options say nothing else. */
    public static final int AT_A_TIME = 100;

    private final RequestReader requests;
    private final InstantSource clock;
    private final Workshop workshop;
    private final AtomicLong dropped = new AtomicLong();
    private final Subscription commands;

    private CommandExecutor(
            PubSubClient client,
            CommandTopics topics,
            Function<String, Optional<CommandHandler>> handlers,
            ExecutorOptions options,
            InstantSource clock) {
        this.clock = clock;
        requests = RequestReader.of(topics, options, clock);
        workshop = new Workshop(handlers, options, new Answers(client, clock), clock);
        var subscribing = SubscribeOptions.of(requests.filter()).live();
        commands = client.subscribe(
                options.acknowledgeEarly() ? subscribing : subscribing.withManualAcknowledgement(), this::onRequest);
    }

    /** Subscribes for commands; call it before {@link PubSubClient#connect()}. Other commands are answered with 404. */
    public static CommandExecutor create(
            PubSubClient client, CommandTopics topics, Map<String, CommandHandler> handlers, InstantSource clock) {
        return create(client, topics, handlers, ExecutorOptions.DEFAULT, clock);
    }

    /** The same with options. */
    public static CommandExecutor create(
            PubSubClient client,
            CommandTopics topics,
            Map<String, CommandHandler> handlers,
            ExecutorOptions options,
            InstantSource clock) {
        var copy = Map.copyOf(handlers);
        return create(client, topics, command -> Optional.ofNullable(copy.get(command)), options, clock);
    }

    /** The same with a function from a command's name to its handler. */
    public static CommandExecutor create(
            PubSubClient client,
            CommandTopics topics,
            Function<String, Optional<CommandHandler>> handlers,
            InstantSource clock) {
        return create(client, topics, handlers, ExecutorOptions.DEFAULT, clock);
    }

    /** The same with a function and options. */
    public static CommandExecutor create(
            PubSubClient client,
            CommandTopics topics,
            Function<String, Optional<CommandHandler>> handlers,
            ExecutorOptions options,
            InstantSource clock) {
        return new CommandExecutor(client, topics, handlers, options, clock);
    }

    /** How many requests were dropped without an answer: retained, or with a Response Topic that nobody may use. */
    public long dropped() {
        return dropped.get();
    }

    /** Gets nothing more; what is being done is still answered, as long as the client lives. */
    @Override
    public void close() {
        commands.close();
        workshop.close();
    }

    private void onRequest(Delivery delivery) {
        var request =
                delivery.message().retain() ? Optional.<IncomingRequest>empty() : requests.read(delivery.message());
        if (request.isEmpty()) {
            dropped.incrementAndGet();
            delivery.acknowledge();
            return;
        }
        var deadline = clock.instant().plus(request.get().request().timeout());
        workshop.take(new Asked(request.get(), delivery, deadline));
    }
}
