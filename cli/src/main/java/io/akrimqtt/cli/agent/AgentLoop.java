package io.akrimqtt.cli.agent;

import io.akrimqtt.proto.akri.v0.Empty;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns the core: one virtual thread takes messages, hands them to it and does what it says. {@link #post} and {@link #instances}
 * may be called by anybody; a full queue makes the poster wait, each handler's stream having one list in it at most.
 */
final class AgentLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentLoop.class);

    private static final int QUEUE = 1_024;

    /** Registrations that may hang at the same time, as behind a handler that withholds its answer; more are refused. */
    private static final int MAX_REGISTRATIONS = 1_000;

    /** What reaches the loop. */
    sealed interface Message {
        record Core(Input input) implements Message {}

        record Register(RegisterDiscoveryHandlerRequest request, StreamObserver<Empty> answer) implements Message {}

        record Allocate(String instance, int slot, Consumer<Allocation> answer) implements Message {}

        record Do(Runnable task) implements Message {}

        record Stop() implements Message {}
    }

    private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AgentCore core;
    private final AgentTransport transport;
    private final AgentListener listener;
    private final InstantSource clock;
    private final ApiWriter writer;
    private final PluginShell plugins;
    private final Map<Long, DiscoverCall> calls = new HashMap<>();
    private final Map<Long, StreamObserver<Empty>> registrations = new HashMap<>();
    private final Timetable timetable = new Timetable();
    private long lastRegistration;
    private volatile List<Instance> instances = List.of();
    private volatile boolean stopped;

    AgentLoop(
            LocalAgentSettings settings,
            AgentTransport transport,
            AgentApi api,
            PluginListener kubelet,
            AgentListener listener,
            InstantSource clock) {
        this.core = new AgentCore(settings.nodeName(), settings.timing());
        this.transport = transport;
        this.listener = listener;
        this.clock = clock;
        this.writer = new ApiWriter(api, transport.calls());
        this.plugins = new PluginShell(
                () -> new PluginCore(settings.nodeName(), settings.timing(), core::device),
                kubelet,
                new PluginShell.Ways(
                        (call, then) -> writer.write(
                                List.of(call), (_, failure) -> post(new Message.Do(() -> then.accept(failure)))),
                        (key, after, task) -> timetable.put(key, clock.instant().plus(after), task)));
    }

    List<Instance> instances() {
        return instances;
    }

    void post(Input input) {
        post(new Message.Core(input));
    }

    /** Waits while the queue is full; says false, and does nothing, once the loop has stopped. */
    boolean post(Message message) {
        try {
            boolean taken = false;
            while (!stopped && !taken) {
                taken = queue.offer(message, 100, TimeUnit.MILLISECONDS);
            }
            return taken;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                var wait = timetable.untilNext(clock.instant());
                @Nullable Message message = queue.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
                if (message != null) {
                    take(message);
                }
                timetable.take(clock.instant()).forEach(Runnable::run);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped = true;
            writer.crash();
            plugins.crash();
            calls.values().forEach(DiscoverCall::cancel);
        }
    }

    private void take(Message message) {
        switch (message) {
            case Message.Core(var input) -> step(input);
            case Message.Allocate(var instance, var slot, var answer) -> plugins.allocate(instance, slot, answer);
            case Message.Register(var request, var answer) -> register(request, answer);
            case Message.Do(var task) -> task.run();
            case Message.Stop() -> stopped = true;
        }
    }

    private void register(RegisterDiscoveryHandlerRequest request, StreamObserver<Empty> answer) {
        if (registrations.size() >= MAX_REGISTRATIONS) {
            answer.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription(MAX_REGISTRATIONS + " registrations wait already")
                    .asRuntimeException());
            return;
        }
        long id = ++lastRegistration;
        registrations.put(id, answer);
        var kind = request.getEndpointType() == EndpointType.NETWORK ? Endpoint.Kind.NETWORK : Endpoint.Kind.UDS;
        step(new Input.Registered(
                id, new Endpoint(id, request.getName(), request.getEndpoint(), kind, request.getShared())));
    }

    /** Lets go of what only the crashed process had. */
    void forget() {
        registrations.clear();
        timetable.clear();
        writer.crash();
        plugins.crash();
        core.views().forEach(plugins::seen);
    }

    void step(Input input) {
        if (input instanceof Input.Ended(var id, var _)) {
            calls.remove(id);
        } else if (input instanceof Input.Refused(var id, var _)) {
            calls.remove(id);
        }
        var effects = core.on(input);
        if (input instanceof Input.InstanceSeen(var view)) {
            plugins.seen(view);
            instances = core.instances();
        } else if (input instanceof Input.InstanceGone(var namespace, var name)) {
            plugins.gone(namespace, name);
            instances = core.instances();
        }
        effects.forEach(this::perform);
    }

    private void perform(Effect effect) {
        switch (effect) {
            case Effect.Acknowledge(var id) -> acknowledge(registrations.remove(id));
            case Effect.Discover discover -> discover(discover);
            case Effect.Cancel(var id) -> cancel(calls.remove(id));
            case Effect.Retry(var key, var attempt, var after) -> retry(key, attempt, after);
            case Effect.Requeue(var key, var attempt, var after) -> retry(key, attempt, after);
            case Effect.Settle(var key, var attempt, var writes) ->
                writer.write(
                        writes,
                        (done, failure) -> post(new Input.Settled(
                                key, attempt, done, writes.subList(done.size(), writes.size()), failure)));
            case Effect.Tell(var event) -> tell(event);
        }
    }

    private static void acknowledge(@Nullable StreamObserver<Empty> answer) {
        if (answer != null) {
            answer.onNext(Empty.getDefaultInstance());
            answer.onCompleted();
        }
    }

    private void discover(Effect.Discover discover) {
        try {
            var call = new DiscoverCall(discover.stream(), discover.endpoint(), transport, this::post);
            calls.put(discover.stream(), call);
            transport.calls().execute(() -> start(call, discover));
        } catch (IllegalArgumentException e) {
            var refusal = new Refusal(AgentEvent.Cause.UNREACHABLE, String.valueOf(e.getMessage()));
            transport.calls().execute(() -> post(new Input.Refused(discover.stream(), refusal)));
        }
    }

    private static void start(DiscoverCall call, Effect.Discover discover) {
        try {
            call.start(discover.details(), discover.properties());
        } catch (RejectedExecutionException _) {
            // The agent was closed meanwhile.
        }
    }

    private static void cancel(@Nullable DiscoverCall call) {
        if (call != null) {
            call.cancel();
        }
    }

    private void tell(AgentEvent event) {
        try {
            listener.on(clock.instant(), event);
        } catch (RuntimeException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("event", event.getClass().getSimpleName())
                    .log("a listener failed");
        }
    }

    private void retry(ConfigurationKey key, long attempt, Duration after) {
        timetable.put(key, clock.instant().plus(after), () -> step(new Input.RetryDue(key, attempt)));
    }
}
