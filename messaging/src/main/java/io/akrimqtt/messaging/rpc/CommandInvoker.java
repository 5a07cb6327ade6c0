package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a device to do something and tells what becomes of it. Thread-safe.
 *
 * <p>Nothing is queued here: a command for which there is no connection fails at once. At most {@link #MOST} commands are under
 * way; more fail with status 429. Answers that no call waits for are counted, whoever sent them.
 */
public final class CommandInvoker implements AutoCloseable {

    /** How many commands may be under way. */
    public static final int MOST = 1_000;

    /** How large a request's payload may be, in bytes. */
    public static final int LARGEST = 1024 * 1024;

    private final PubSubClient client;
    private final Way way;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<CallId, Call> calls = new ConcurrentHashMap<>();
    private final AtomicLong unmatched = new AtomicLong();
    private final ScheduledThreadPoolExecutor owner;
    private final Subscription answers;
    private volatile @Nullable ProtocolVersion protocol;

    private CommandInvoker(PubSubClient client, Way way, InstantSource clock, RandomGenerator random) {
        this.client = client;
        this.way = way;
        this.clock = clock;
        this.random = random;
        var threads = Thread.ofVirtual().name("command-invoker").factory();
        owner = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        owner.setRemoveOnCancelPolicy(true);
        owner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        client.onConnection(event -> {
            if (event instanceof ConnectionEvent.Connected connected) {
                protocol = connected.protocol();
            }
        });
        answers = client.subscribe(SubscribeOptions.of(way.answers()).live(), this::onAnswer);
    }

    /**
     * Subscribes for answers; call it before {@link PubSubClient#connect()}.
     *
     * @param clientId the client's, for the default topic of answers
     */
    public static CommandInvoker create(
            PubSubClient client, CommandTopics topics, String clientId, InstantSource clock, RandomGenerator random) {
        return new CommandInvoker(client, Way.of(topics, clientId), clock, random);
    }

    /**
     * Sends a command. Never blocks and never throws: what is wrong is told to the listener.
     *
     * @param listener told in order, on the invoker's thread; must not block
     */
    public CommandCall invoke(CommandRequest request, Consumer<CommandEvent> listener) {
        var call = new Call(request, listener);
        if (owner.isShutdown()) {
            call.end(ended());
            return () -> {};
        }
        owner.execute(() -> start(call));
        return () ->
                owner.execute(() -> end(call, failed(499, Origin.CALLER, false, "the caller took the command back")));
    }

    /** How many answers came that no call waited for: late, repeated, foreign or forged. */
    public long unmatchedAnswers() {
        return unmatched.get();
    }

    /** Ends all calls with status 499, and the subscription. */
    @Override
    public void close() {
        answers.close();
        owner.execute(() -> {
            for (var call : List.copyOf(calls.values())) {
                end(call, ended());
            }
            owner.shutdown();
        });
    }

    private void start(Call call) {
        var obstacle = obstacle(call.request());
        if (obstacle != null) {
            call.end(obstacle);
            return;
        }
        var id = CallId.next(clock, random);
        call.start(id);
        Message message;
        try {
            message = way.request(call.request(), id);
        } catch (IllegalArgumentException e) {
            call.end(failed(400, Origin.CALLER, false, String.valueOf(e.getMessage())));
            return;
        }
        calls.put(id, call);
        long nanos = call.request().timeout().toNanos();
        call.timeout(owner.schedule(() -> end(call, late(call)), nanos, TimeUnit.NANOSECONDS));
        // Answers must find their way before the request leaves.
        var _ = answers.granted().whenComplete((_, refusal) -> owner.execute(() -> send(call, message, refusal)));
    }

    private CommandEvent.@Nullable Failed obstacle(CommandRequest request) {
        if (request.payload().size() > LARGEST) {
            return failed(
                    413,
                    Origin.CALLER,
                    false,
                    "payload: " + request.payload().size() + " bytes (expected: at most " + LARGEST + ")");
        }
        if (calls.size() >= MOST) {
            return failed(429, Origin.QUEUE, true, "too many commands are under way (expected: at most " + MOST + ")");
        }
        var spoken = protocol;
        if (!client.connected() || spoken == null) {
            return failed(503, Origin.SERVER, true, "not connected to the MQTT server");
        }
        return way.problem(request, spoken)
                .map(problem -> failed(400, Origin.CALLER, false, problem))
                .orElse(null);
    }

    private void send(Call call, Message message, @Nullable Throwable refusal) {
        if (call.ended()) {
            return;
        }
        var problem = answers.problem();
        if (refusal != null && problem.isPresent() && !call.request().oneWay()) {
            end(call, failed(503, Origin.SERVER, false, "answers cannot come: " + problem.get()));
            return;
        }
        var _ = client.publish(message)
                .whenComplete((result, error) -> owner.execute(() -> published(call, result, error)));
    }

    private void published(Call call, @Nullable PublishResult result, @Nullable Throwable error) {
        if (error != null) {
            end(call, unsent(error));
            return;
        }
        boolean nobody = result != null && result.noSubscribers();
        call.published(nobody);
        if (call.request().oneWay()) {
            end(call, null);
        } else if (nobody) {
            end(
                    call,
                    failed(
                            503,
                            Origin.SERVER,
                            true,
                            "nobody listens: the MQTT server knows no subscription that matches"));
        }
    }

    private void end(Call call, @Nullable CommandEvent last) {
        var id = call.id();
        if (id != null) {
            calls.remove(id, call);
        }
        call.end(last);
    }

    /** On the client's thread: what matches no call goes no further. */
    private void onAnswer(Delivery delivery) {
        var answer = way.answer(delivery.message());
        var call = answer.map(it -> calls.get(it.call())).orElse(null);
        if (answer.isEmpty() || call == null) {
            unmatched.incrementAndGet();
            return;
        }
        owner.execute(() -> answered(call, answer.get().event()));
    }

    private void answered(Call call, CommandEvent event) {
        if (call.ended()) {
            unmatched.incrementAndGet();
            return;
        }
        call.published(false);
        if (event instanceof CommandEvent.Answered) {
            end(call, event);
        } else {
            call.step(event);
        }
    }

    private static CommandEvent ended() {
        return failed(499, Origin.CALLER, false, "the caller ends");
    }

    private static CommandEvent late(Call call) {
        return failed(
                504,
                Origin.DEVICE,
                true,
                "no answer within " + call.request().timeout().toMillis() + " ms");
    }

    private static CommandEvent unsent(Throwable error) {
        var text = String.valueOf(error.getMessage());
        if (!(error instanceof MessagingException messaging)) {
            return failed(400, Origin.CALLER, false, text);
        }
        return switch (messaging.kind()) {
            case LIMIT -> failed(429, Origin.QUEUE, true, text);
            case REFUSED -> failed(503, Origin.SERVER, false, text);
            case NOT_CONNECTED, CLOSED -> failed(503, Origin.SERVER, true, text);
            case TIMEOUT -> failed(504, Origin.SERVER, true, text);
        };
    }

    private static CommandEvent.Failed failed(int status, Origin origin, boolean retryable, String text) {
        return new CommandEvent.Failed(status, origin, retryable, text);
    }
}
