package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device's side: gets commands, does each once, answers. Thread-safe.
 *
 * <p>A request is known again by its topic and its correlation data, or by its topic alone where that has an id; what has
 * neither is done each time. At most {@link #MOST} are remembered. At most {@link #AT_A_TIME} are being done, and a handler that
 * never returns keeps its place; more are answered with status 429. Retained commands are dropped: they would be done again at each connect.
 */
public final class CommandExecutor implements AutoCloseable {

    /** How many requests are remembered. */
    public static final int MOST = 1_000;

    /** How many requests are being done at a time. */
    public static final int AT_A_TIME = 100;

    private static final Logger LOG = LoggerFactory.getLogger(CommandExecutor.class);

    /** For requests that tell no expiry. */
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final PubSubClient client;
    private final IncomingRequests requests;
    private final Function<String, Optional<CommandHandler>> handlers;
    private final InstantSource clock;
    private final DedupCache seen = new DedupCache(MOST);
    private final ExecutorService owner;
    private final AtomicLong dropped = new AtomicLong();
    private final Subscription commands;
    private int running;

    private CommandExecutor(
            PubSubClient client,
            CommandTopics topics,
            Function<String, Optional<CommandHandler>> handlers,
            InstantSource clock) {
        this.client = client;
        this.handlers = handlers;
        this.clock = clock;
        requests = new IncomingRequests(topics, TIMEOUT);
        owner = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("command-executor").factory());
        commands = client.subscribe(SubscribeOptions.of(requests.filter()).live(), this::onRequest);
    }

    /** Subscribes for commands; call it before {@link PubSubClient#connect()}. Other commands are answered with 404. */
    public static CommandExecutor create(
            PubSubClient client, CommandTopics topics, Map<String, CommandHandler> handlers, InstantSource clock) {
        var copy = Map.copyOf(handlers);
        return create(client, topics, command -> Optional.ofNullable(copy.get(command)), clock);
    }

    /** The same with a function from a command's name to its handler. */
    public static CommandExecutor create(
            PubSubClient client,
            CommandTopics topics,
            Function<String, Optional<CommandHandler>> handlers,
            InstantSource clock) {
        return new CommandExecutor(client, topics, handlers, clock);
    }

    /** How many requests were dropped without an answer: retained, or with a Response Topic that nobody may use. */
    public long dropped() {
        return dropped.get();
    }

    /** Gets nothing more; what is being done is still answered. */
    @Override
    public void close() {
        commands.close();
        owner.shutdown();
    }

    private void onRequest(Delivery delivery) {
        var request =
                delivery.message().retain() ? Optional.<IncomingRequest>empty() : requests.read(delivery.message());
        if (request.isEmpty()) {
            dropped.incrementAndGet();
            return;
        }
        onOwner(() -> take(request.get()));
    }

    private void take(IncomingRequest request) {
        var key = request.key();
        if (key == null) {
            start(request);
            return;
        }
        var now = clock.instant();
        switch (seen.ask(key, now, now.plus(request.request().timeout()))) {
            case NEW -> start(request);
            case BEING_DONE -> {
                // Its answer is on the way.
            }
            case DONE -> seen.answer(key).ifPresent(this::publish);
            case FULL ->
                request.answer(
                                CommandReply.failed(429, "the device is busy"),
                                request.request().timeout())
                        .ifPresent(this::publish);
        }
    }

    private void start(IncomingRequest request) {
        var handler = handlers.apply(request.request().command());
        if (handler.isEmpty()) {
            finish(
                    request,
                    CommandReply.failed(404, "no such command"),
                    request.request().timeout());
            return;
        }
        if (running >= AT_A_TIME) {
            finish(
                    request,
                    CommandReply.failed(429, "the device is busy"),
                    request.request().timeout());
            return;
        }
        running++;
        var deadline = clock.instant().plus(request.request().timeout());
        Thread.ofVirtual().name("command-" + request.request().command()).start(() -> {
            var reply = reply(handler.get(), request.request());
            onOwner(() -> {
                running--;
                finish(request, reply, Duration.between(clock.instant(), deadline));
            });
        });
    }

    private static CommandReply reply(CommandHandler handler, CommandRequest request) {
        try {
            return handler.handle(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CommandReply.failed(503, "the device stops");
        } catch (Exception e) {
            LOG.atError().addKeyValue("command", request.command()).setCause(e).log("command handler failed");
            return CommandReply.failed(500, "the command's handler failed");
        }
    }

    /** An answer for which no time is left helps nobody. */
    private void finish(IncomingRequest request, CommandReply reply, Duration left) {
        @Nullable
        Message answer = left.isPositive() ? request.answer(reply, left).orElse(null) : null;
        var key = request.key();
        if (key != null) {
            seen.done(key, answer);
        }
        if (answer != null) {
            publish(answer);
        }
    }

    private void publish(Message answer) {
        var _ = client.publish(answer).whenComplete((_, error) -> {
            if (error != null) {
                LOG.atWarn()
                        .addKeyValue("topic", answer.topic())
                        .addKeyValue("reason", error.getMessage())
                        .log("answer not sent");
            }
        });
    }

    private void onOwner(Runnable task) {
        try {
            owner.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("executor is closed, its last answers are not sent");
        }
    }
}
