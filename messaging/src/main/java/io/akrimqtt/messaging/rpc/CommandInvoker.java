package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.PublishResult;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
 * way; more fail with status 429. Answers that no call waits for are counted, whoever sent them; those to one of the latest
 * {@link #MOST} calls that have ended are told as late.
 */
public final class CommandInvoker implements AutoCloseable {

    /** How many commands may be under way. */
    public static final int MOST = 1_000;

    /** How large a request's payload may be, in bytes. */
    public static final int LARGEST = 1024 * 1024;

    /** At how many further places answers may be awaited. */
    public static final int MOST_PLACES = 16;

    private final PubSubClient client;
    private final Way way;
    private final InvokerOptions options;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Map<CallId, Call> calls = new ConcurrentHashMap<>();
    private final EndedCalls ended = new EndedCalls(MOST);
    private final AtomicLong unmatched = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong duplicate = new AtomicLong();
    private final ScheduledThreadPoolExecutor owner;
    private final SingleFlight single;
    private final Subscription answers;
    private final Set<TopicFilter> places = ConcurrentHashMap.newKeySet();
    private volatile @Nullable ProtocolVersion protocol;
    private volatile Consumer<StrayAnswer> stray = _ -> {};
    private volatile boolean sessionLost;

    private CommandInvoker(
            PubSubClient client, Way way, InvokerOptions options, InstantSource clock, RandomGenerator random) {
        this.client = client;
        this.way = way;
        this.options = options;
        this.clock = clock;
        this.random = random;
        var threads = Thread.ofVirtual().name("command-invoker").factory();
        owner = new ScheduledThreadPoolExecutor(1, threads, new ThreadPoolExecutor.DiscardPolicy());
        owner.setRemoveOnCancelPolicy(true);
        owner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        single = new SingleFlight(owner);
        protocol = options.spoken();
        client.onConnection(this::onConnection);
        answers = client.subscribe(SubscribeOptions.of(way.answers()).live(), this::onAnswer);
    }

    /**
     * Subscribes for answers; call it before {@link PubSubClient#connect()}.
     *
     * @param clientId the client's, for the default topic of answers
     */
    public static CommandInvoker create(
            PubSubClient client, CommandTopics topics, String clientId, InstantSource clock, RandomGenerator random) {
        return create(client, topics, InvokerOptions.of(clientId), clock, random);
    }

    /**
     * The same with options.
     *
     * @throws IllegalArgumentException where the topics do not fit the way of asking
     */
    public static CommandInvoker create(
            PubSubClient client,
            CommandTopics topics,
            InvokerOptions options,
            InstantSource clock,
            RandomGenerator random) {
        return new CommandInvoker(client, Way.of(topics, options, clock), options, clock, random);
    }

    /**
     * Sends a command. Never blocks and never throws: what is wrong is told to the listener.
     *
     * @param listener told in order, on the invoker's thread; must not block
     */
    public CommandCall invoke(CommandRequest request, Consumer<CommandEvent> listener) {
        return invoke(request, listener, _ -> {});
    }

    /**
     * The same, with an ear for what comes too late.
     *
     * @param late told of the first answer that comes after the command ended without one, if one does
     */
    public CommandCall invoke(
            CommandRequest request, Consumer<CommandEvent> listener, Consumer<CommandEvent.Answered> late) {
        return invoke(new Call(request, listener, late), null);
    }

    /**
     * The same under a correlation of the caller's own, so that a later process can send it again as the same request.
     *
     * @param correlation nobody must guess it; what is under way with it already makes this call fail with 400
     */
    public CommandCall invoke(CommandRequest request, UUID correlation, Consumer<CommandEvent> listener) {
        return invoke(new Call(request, listener, _ -> {}), CallId.of(correlation));
    }

    private CommandCall invoke(Call call, @Nullable CallId id) {
        if (owner.isShutdown()) {
            call.end(Failures.closing());
            return () -> {};
        }
        owner.execute(() -> start(call, id == null ? CallId.next(clock, random) : id));
        return () -> owner.execute(() -> cancel(call));
    }

    /** Where answers come. */
    public TopicFilter answers() {
        return way.answers();
    }

    /**
     * Names who is told of answers that no call waits for, whoever sent them; before the client connects.
     *
     * @param listener called on the client's or the invoker's thread; must not block
     */
    public void onStray(Consumer<StrayAnswer> listener) {
        stray = listener;
    }

    /**
     * Awaits answers at another place too, such as that of an earlier process.
     *
     * @return false where nothing changes: it is awaited there already, or at {@link #MOST_PLACES} places
     */
    public boolean listenAt(TopicFilter filter) {
        if (filter.equals(answers()) || places.size() >= MOST_PLACES || !places.add(filter)) {
            return false;
        }
        client.subscribe(SubscribeOptions.of(filter).live(), this::onAnswer);
        return true;
    }

    /**
     * An earlier process has sent a command, and its answer may still come. Where answers tell nothing of their requests, nothing is
     * asked before it has, or before that time is over; it is told as a stray answer. Elsewhere this changes nothing.
     *
     * @param correlation under which the command was sent
     */
    public void expect(UUID correlation, Duration time) {
        if (way.oneAtATime() && time.isPositive() && !owner.isShutdown()) {
            var call = Call.ofEarlierProcess(CallId.of(correlation), time);
            owner.execute(() -> single.ended(call));
        }
    }

    /** How many answers came that no call waited for: late, repeated, foreign or forged. */
    public long unmatchedAnswers() {
        return unmatched.get();
    }

    /** How many of them were the first answer to a call that had ended. */
    public long lateAnswers() {
        return late.get();
    }

    /** How many of them answered a call again. */
    public long duplicateAnswers() {
        return duplicate.get();
    }

    /** Ends all calls with status 499, and the subscription. */
    @Override
    public void close() {
        answers.close();
        owner.execute(() -> {
            for (var call : List.copyOf(calls.values())) {
                end(call, Failures.closing());
            }
            owner.shutdown();
        });
    }

    private void start(Call call, CallId id) {
        var obstacle = calls.containsKey(id)
                ? Failures.caller(400, "correlation: is under way already (expected: another one)")
                : obstacle(call.request());
        if (obstacle != null) {
            call.end(obstacle);
            return;
        }
        Message message;
        try {
            message = way.request(call.request(), id);
        } catch (IllegalArgumentException e) {
            call.end(Failures.caller(400, String.valueOf(e.getMessage())));
            return;
        }
        if (message.topic().reserved()) {
            call.end(Failures.caller(400, "topic: '" + message.topic() + "' (expected: no '$' at the start)"));
            return;
        }
        var timeout = call.request().timeout();
        call.start(id, message, clock.instant().plus(timeout));
        calls.put(id, call);
        call.timeout(owner.schedule(
                () -> end(call, Failures.late(call.request())), timeout.toNanos(), TimeUnit.NANOSECONDS));
        // Answers must find their way before the request leaves.
        var _ = answers.granted().whenComplete((_, refusal) -> owner.execute(() -> send(call, message, refusal)));
    }

    private CommandEvent.@Nullable Failed obstacle(CommandRequest request) {
        if (request.payload().size() > LARGEST) {
            return Failures.caller(
                    413, "payload: " + request.payload().size() + " bytes (expected: at most " + LARGEST + ")");
        }
        if (calls.size() >= MOST) {
            return Failures.queue("too many commands are under way (expected: at most " + MOST + ")");
        }
        var spoken = protocol;
        if (!client.connected() || spoken == null) {
            return Failures.server(true, "not connected to the MQTT server");
        }
        var problem = way.problem(request, spoken);
        if (problem.isPresent()) {
            return Failures.caller(400, problem.get());
        }
        return way.oneAtATime() ? single.obstacle(!calls.isEmpty()) : null;
    }

    private void send(Call call, Message message, @Nullable Throwable refusal) {
        if (call.ended()) {
            return;
        }
        var problem = answers.problem();
        if (refusal != null && problem.isPresent() && !call.request().oneWay()) {
            end(call, Failures.server(false, "answers cannot come: " + problem.get()));
            return;
        }
        call.send();
        var _ = client.publish(message)
                .whenComplete((result, error) -> owner.execute(() -> published(call, result, error)));
    }

    private void published(Call call, @Nullable PublishResult result, @Nullable Throwable error) {
        if (error != null) {
            end(call, Failures.unsent(error));
            return;
        }
        boolean nobody = result != null && result.noSubscribers();
        call.published(nobody);
        if (call.request().oneWay()) {
            end(call, null);
        } else if (nobody) {
            end(call, Failures.nobody());
        }
    }

    private void cancel(Call call) {
        if (call.ended()) {
            return;
        }
        var id = call.id();
        var spoken = protocol;
        if (options.announceCancel() && call.sent() && id != null && spoken != null) {
            // Whether it arrives changes nothing for the caller.
            way.cancel(call.request(), id, spoken).ifPresent(message -> {
                var _ = client.publish(message);
            });
        }
        end(call, Failures.caller(499, "the caller took the command back"));
    }

    private void end(Call call, @Nullable CommandEvent last) {
        boolean first = !call.ended();
        var id = call.id();
        if (id != null && calls.remove(id, call)) {
            ended.add(id, call);
        }
        // Before anybody hears of the end: the answer may come at once.
        if (first && call.sent() && way.oneAtATime() && SingleFlight.mayStillCome(last)) {
            single.ended(call);
        }
        call.end(last);
    }

    private void onConnection(ConnectionEvent event) {
        switch (event) {
            case ConnectionEvent.Connected(var sessionPresent, var spoken) -> {
                protocol = spoken;
                sessionLost = !sessionPresent;
            }
            case ConnectionEvent.Subscribed() -> {
                if (sessionLost && options.repeatAfterSessionLoss()) {
                    owner.execute(this::repeat);
                }
            }
            case ConnectionEvent.Disconnected _ -> {
                // What is under way ends in its own time.
            }
        }
    }

    /** What the lost session took with it may be the request or the answer: executors know the request again. */
    private void repeat() {
        for (var call : calls.values()) {
            var message = call.message();
            var deadline = call.deadline();
            if (message == null || deadline == null || !call.wasPublished()) {
                continue;
            }
            var left = Duration.between(clock.instant(), deadline);
            if (left.isPositive()) {
                var _ = client.publish(message.toBuilder().expiry(left).build());
            }
        }
    }

    /** On the client's thread: what matches no call goes no further than to those who want to know. */
    private void onAnswer(Delivery delivery) {
        var message = delivery.message();
        if (way.oneAtATime() && message.retain() && protocol == ProtocolVersion.MQTT_3_1_1) {
            // What was retained before we came answers nothing.
            return;
        }
        var found = way.answers(message, calls.values());
        if (found.isEmpty()) {
            unmatched.incrementAndGet();
            if (single.inDoubt()) {
                var answer = Answer.of(new CallId(""), Headers.status(message), message);
                owner.execute(() -> single.take().ifPresent(call -> afterDoubt(call, answer.event())));
            }
        }
        for (var answer : found) {
            var call = calls.get(answer.call());
            if (call != null) {
                owner.execute(() -> answered(call, answer.event()));
                continue;
            }
            unmatched.incrementAndGet();
            ended.find(answer.call()).ifPresent(it -> owner.execute(() -> lateAnswer(it, answer.event())));
            tellStray(answer.call(), answer.event());
        }
    }

    private void afterDoubt(Call call, CommandEvent event) {
        lateAnswer(call, event);
        tellStray(call.id(), event);
    }

    private void tellStray(@Nullable CallId id, CommandEvent event) {
        if (id != null) {
            id.uuid().ifPresent(correlation -> stray.accept(new StrayAnswer(correlation, event)));
        }
    }

    private void answered(Call call, CommandEvent event) {
        if (call.ended()) {
            unmatched.incrementAndGet();
            afterDoubt(call, event);
            return;
        }
        call.published(false);
        if (event instanceof CommandEvent.Answered) {
            end(call, event);
        } else {
            call.step(event);
        }
    }

    private void lateAnswer(Call call, CommandEvent event) {
        if (event instanceof CommandEvent.Answered answered) {
            (call.late(answered) ? late : duplicate).incrementAndGet();
        }
    }
}
