package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.Origin;
import io.akrimqtt.monitor.command.keep.CommandKeeper;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandQueue;
import io.akrimqtt.monitor.command.life.CommandRecord;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.akrimqtt.monitor.command.life.CommandView;
import io.akrimqtt.monitor.command.life.QueueDecision;
import io.akrimqtt.monitor.command.life.QueueEvent;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.command.life.TrafficClass;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the queue of commands: one virtual thread does all that is posted, so nothing here needs a lock. */
final class CommandLoop {

    private static final Logger LOG = LoggerFactory.getLogger(CommandLoop.class);

    /** So much undone work means that callers must wait. What routes and keepers post is bounded by what is under way. */
    private static final int MAX_BACKLOG = 5_000;

    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final CommandQueue queue;
    private final List<? extends CommandRoute> routes;
    private final CommandKeeper keeper;
    private final CommandTold told;
    private final InstantSource clock;
    private final LinkedBlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Map<String, CommandCall> calls = new HashMap<>();
    private final Thread thread;
    private Consumer<String> answered = _ -> {};
    private Function<CommandOrder, Optional<Consumer<CommandUpdate>>> restored = _ -> Optional.empty();
    private Instant wakeAt = Instant.MAX;
    private boolean connected;
    private volatile boolean closed;
    private volatile int inFlight;
    private volatile int waiting;

    CommandLoop(
            QueueRules rules,
            List<? extends CommandRoute> routes,
            CommandKeeper keeper,
            CommandCounters counters,
            CommandWatcher watcher,
            InstantSource clock) {
        this.queue = new CommandQueue(rules);
        this.routes = List.copyOf(routes);
        this.keeper = keeper;
        this.told = new CommandTold(counters, watcher);
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("commands").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    // Posted from anywhere.

    void post(Function<Instant, QueueEvent> event) {
        inbox.add(() -> apply(event.apply(clock.instant())));
    }

    <T> CompletableFuture<T> ask(Function<CommandQueue, T> question) {
        var answer = new CompletableFuture<T>();
        if (closed) {
            answer.cancel(false);
        }
        inbox.add(() -> answer.complete(question.apply(queue)));
        return answer;
    }

    void submit(String id, CommandOrder order, Consumer<CommandUpdate> listener) {
        inbox.add(() -> {
            look();
            told.add(id, listener);
            apply(new QueueEvent.Submitted(clock.instant(), id, order));
        });
    }

    void leave(String id, Consumer<CommandUpdate> listener, boolean back) {
        inbox.add(() -> {
            told.remove(id, listener);
            if (back) {
                apply(new QueueEvent.Cancelled(clock.instant(), id, "the caller took the command back"));
            }
        });
    }

    CompletableFuture<Optional<CommandCall>> watch(String id, Consumer<CommandUpdate> listener) {
        return ask(_ -> queue.view(id).map(view -> {
            CommandTold.tell(listener, view.latest());
            if (!view.latest().outcome().last()) {
                told.add(id, listener);
            }
            return () -> leave(id, listener, false);
        }));
    }

    void connectionsChanged() {
        inbox.add(this::look);
    }

    void found(CommandRecord command, String answers) {
        boolean sound = CommandIds.fits(command.id())
                && CommandRules.refusal(command.order()).isEmpty();
        if (!sound) {
            LOG.atWarn().addKeyValue("id", command.id()).log("record of a command is against the rules and left alone");
            return;
        }
        inbox.add(() -> {
            restored.apply(command.order())
                    .filter(_ -> command.outcome() == null)
                    .ifPresent(listener -> told.add(command.id(), listener));
            var member = command.order().member();
            if (command.sent() != null && command.outcome() == null) {
                routes.forEach(route -> route.listenAt(member, answers));
            }
            if (command.outcome() == null) {
                told.restored(command);
            }
            command.answerable(clock.instant())
                    .ifPresent(time -> routes.forEach(route -> route.expect(member, command.id(), time)));
            apply(new QueueEvent.Restored(clock.instant(), command));
        });
    }

    void contested(CommandRecord theirs, boolean lost) {
        inbox.add(() -> apply(new QueueEvent.Contested(clock.instant(), theirs, lost)));
    }

    void overheard(String id, CommandEvent event) {
        inbox.add(() -> {
            queue.view(id).ifPresent(view -> {
                answered.accept(view.order().member());
                apply(new QueueEvent.Overheard(clock.instant(), id, event));
            });
        });
    }

    void onAnswer(Consumer<String> listener) {
        inbox.add(() -> answered = listener);
    }

    void onRestored(Function<CommandOrder, Optional<Consumer<CommandUpdate>>> who) {
        inbox.add(() -> restored = who);
    }

    boolean overloaded() {
        return inbox.size() > MAX_BACKLOG;
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting;
    }

    void close() {
        inbox.add(() -> {
            for (CommandView view : queue.views()) {
                if (!view.order().durable()) {
                    var id = view.latest().id();
                    apply(new QueueEvent.Cancelled(clock.instant(), id, "the workload ends"));
                }
            }
            closed = true;
        });
    }

    // On the owner's thread.

    private void run() {
        try {
            while (!closed) {
                next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void next() throws InterruptedException {
        var wait = Duration.between(
                clock.instant(),
                wakeAt.isBefore(clock.instant().plus(LONGEST_WAIT))
                        ? wakeAt
                        : clock.instant().plus(LONGEST_WAIT));
        @Nullable Runnable work = inbox.poll(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
        if (work != null) {
            work.run();
        }
        if (!clock.instant().isBefore(wakeAt)) {
            apply(new QueueEvent.Tick(clock.instant()));
        }
    }

    private void look() {
        boolean there = routes.stream().anyMatch(CommandRoute::connected);
        if (there != connected) {
            connected = there;
            apply(new QueueEvent.Line(clock.instant(), there));
        }
    }

    private void apply(QueueEvent event) {
        for (var decision : queue.on(event)) {
            carryOut(decision);
        }
        inFlight = queue.inFlight();
        waiting = queue.waiting();
    }

    private void carryOut(QueueDecision decision) {
        switch (decision) {
            case QueueDecision.Tell(var update) -> told.tell(update);
            case QueueDecision.Same(var id, var earlier) -> told.move(id, earlier);
            case QueueDecision.Keep(var command, var ticket) -> keep(command, ticket);
            case QueueDecision.Forget(var id) -> keeper.forget(id);
            case QueueDecision.Send send -> send(send);
            case QueueDecision.Leave(var id, var attempt) -> leave(id, attempt);
            case QueueDecision.Late(var update) -> told.late(update);
            case QueueDecision.WakeAt(var at) -> wakeAt = at;
        }
    }

    private void keep(CommandRecord command, long ticket) {
        var kept = keeper.keep(command, ticket != 0);
        if (ticket == 0) {
            return;
        }
        var _ = kept.whenComplete((_, problem) -> post(at -> problem == null
                ? new QueueEvent.Kept(at, command.id(), ticket)
                : new QueueEvent.NotKept(at, command.id(), ticket, String.valueOf(problem.getMessage()))));
    }

    private void send(QueueDecision.Send send) {
        var order = send.order();
        var trace = order.trace();
        var request = new CommandRequest(
                order.command(),
                order.payload(),
                send.timeout(),
                order.oneWay(),
                trace == null ? List.of() : trace.properties());
        var traffic = order.terms().traffic();
        if (traffic != TrafficClass.NORMAL) {
            request = request.withProperty(TrafficClass.PROPERTY, traffic.text());
        }
        var route = routes.stream().filter(CommandRoute::connected).findFirst();
        if (route.isEmpty()) {
            var lost = new CommandEvent.Failed(503, Origin.SERVER, true, "no MQTT server of the device is connected");
            report(send, lost);
            return;
        }
        var call = route.get().invoke(send.id(), order.member(), request, event -> report(send, event));
        calls.put(key(send.id(), send.attempt()), call);
    }

    private static String key(String id, int attempt) {
        return id + "-" + attempt;
    }

    private void report(QueueDecision.Send send, CommandEvent event) {
        inbox.add(() -> {
            boolean last = event instanceof CommandEvent.Answered || event instanceof CommandEvent.Failed;
            if (last || (send.order().oneWay() && event instanceof CommandEvent.Published)) {
                calls.remove(key(send.id(), send.attempt()));
            }
            if (!(event instanceof CommandEvent.Failed || event instanceof CommandEvent.Published)) {
                answered.accept(send.order().member());
            }
            apply(new QueueEvent.Reported(clock.instant(), send.id(), send.attempt(), event));
        });
    }

    private void leave(String id, int attempt) {
        @Nullable CommandCall call = calls.remove(key(id, attempt));
        if (call != null) {
            call.cancel();
        }
    }
}
