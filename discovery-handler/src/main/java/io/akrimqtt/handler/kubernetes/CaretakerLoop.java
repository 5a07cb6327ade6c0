package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action;
import io.akrimqtt.handler.caretaker.Action.Outcome;
import io.akrimqtt.handler.caretaker.ServedState;
import io.akrimqtt.handler.caretaker.ServedWatch;
import io.akrimqtt.handler.caretaker.Turn;
import io.akrimqtt.handler.cluster.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the caretaker its turns: when the cluster or what is reported has changed, when a write's outcome has come, and when it asked
 * for one; carries out what it decides. One virtual thread owns it. A bug in a turn is told, and the loop goes on a second later.
 */
final class CaretakerLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CaretakerLoop.class);

    /**
     * How long changes are gathered, at least; as long as the latest turn took where that is more, {@link #MOST} at most: a first list
     * waits 1 s for its turn.
     */
    private static final Duration GATHER = Duration.ofMillis(50);

    private static final Duration MOST = Duration.ofMillis(250);
    private static final Duration AFTER_BUG = Duration.ofSeconds(1);

    /** How many notices are remembered as said; when there are more, all may be said again. */
    private static final int MAX_NOTICES = 500;

    private final Decisions decisions;
    private final Supplier<ServedState> served;
    private final Supplier<ClusterState> cluster;
    private final Hands hands;
    private final InstantSource clock;
    private final Tally actions = new Tally();
    private final HeldIds heldIds = new HeldIds();
    private final Set<String> noticed = new HashSet<>();
    /** What people ask for: one move at a time. */
    private final ConcurrentLinkedQueue<Consumer<Decisions>> wishes = new ConcurrentLinkedQueue<>();

    private final ConcurrentLinkedQueue<Done> outcomes = new ConcurrentLinkedQueue<>();
    private final Semaphore wake = new Semaphore(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("caretaker").unstarted(this::run);
    private volatile Guard guard = Guard.UNKNOWN;
    private Allotted allotted;

    private CaretakerLoop(
            Decisions decisions,
            Supplier<ServedState> served,
            Supplier<ClusterState> cluster,
            Hands hands,
            boolean everyNode,
            InstantSource clock) {
        this.allotted = Allotted.undecided(everyNode);
        this.decisions = decisions;
        this.served = served;
        this.cluster = cluster;
        this.hands = hands;
        this.clock = clock;
    }

    private record Done(Action.Write write, Outcome outcome, Instant at) {}

    /**
     * Starts the thread. Until the first turn nothing is dropped, and first lists wait.
     *
     * @param everyNode whether each node reports each device, so that a device may be reported before its turn
     * @param clock the one that reporting was started with
     */
    static CaretakerLoop start(
            Decisions decisions,
            Supplier<ServedState> served,
            Supplier<ClusterState> cluster,
            Hands hands,
            boolean everyNode,
            InstantSource clock) {
        var loop = new CaretakerLoop(decisions, served, cluster, hands, everyNode, clock);
        hands.allot(loop.allotted);
        loop.thread.start();
        return loop;
    }

    /** Asks for a turn soon. Never blocks; from any thread. */
    void wake() {
        wake.release();
    }

    /** Lets a device of this node go, soon. From any thread. */
    void move(String device) {
        wishes.add(decide -> decide.move(device, clock.instant()));
        wake();
    }

    /** Takes that back, soon. From any thread. */
    void stay(String device) {
        wishes.add(decide -> decide.stay(device));
        wake();
    }

    /** By kind of action and what became of it. */
    Tally actions() {
        return actions;
    }

    /** What the latest trial has shown. */
    Guard guard() {
        return guard;
    }

    private void run() {
        var next = clock.instant();
        var gather = GATHER;
        while (closed.getCount() > 0) {
            try {
                var wait = Duration.between(clock.instant(), next);
                boolean _ = wake.tryAcquire(Math.max(0, wait.toNanos()), TimeUnit.NANOSECONDS);
                if (closed.await(gather.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
                wake.drainPermits();
                long began = System.nanoTime();
                next = turn();
                gather = between(GATHER, Duration.ofNanos(System.nanoTime() - began), MOST);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("the caretaker met a bug and goes on");
                next = clock.instant().plus(AFTER_BUG);
                gather = AFTER_BUG;
            }
        }
    }

    private Instant turn() {
        for (@Nullable Done done = outcomes.poll(); done != null; done = outcomes.poll()) {
            decisions.outcome(done.write(), done.outcome(), done.at());
        }
        for (@Nullable Consumer<Decisions> wish = wishes.poll(); wish != null; wish = wishes.poll()) {
            wish.accept(decisions);
        }
        var now = clock.instant();
        var reported = served.get();
        var seen = cluster.get();
        var turn = decisions.turn(now, reported, seen);
        turn.notices().forEach(this::notice);
        turn.actions().stream().filter(Action.Adopt.class::isInstance).forEach(this::carryOut);
        allot(turn, reported, seen);
        turn.actions().stream().filter(each -> !(each instanceof Action.Adopt)).forEach(this::carryOut);
        return turn.wakeAt();
    }

    private void allot(Turn turn, ServedState reported, ClusterState seen) {
        var known = reported.watches().stream().map(ServedWatch::name).collect(Collectors.toUnmodifiableSet());
        var next = allotted.after(turn, known, heldIds.of(reported, seen), seen.reachable());
        if (!next.equals(allotted)) {
            allotted = next;
            hands.allot(next);
        }
    }

    private void carryOut(Action action) {
        log(action);
        switch (action) {
            case Action.Write write -> hands.write(write, this::done);
            case Action.SendAgain(var watch, var _) -> hands.sendAgain(watch);
            case Action.EndStreams(var watch, var reason) -> hands.end(watch, reason);
            case Action.Adopt(var watch, var devices, var _) -> hands.adopt(watch, devices);
            case Action.Tell tell -> hands.tell(tell);
        }
        if (!(action instanceof Action.Write)) {
            actions.add(name(action), "done");
        }
    }

    /** On the writer's thread, or on ours. */
    private void done(Action.Write write, Outcome outcome) {
        actions.add(name(write), outcome.name().toLowerCase(Locale.ROOT));
        if (write instanceof Action.ProbeGuard) {
            guard = switch (outcome) {
                case REFUSED -> Guard.IN_FORCE;
                case DONE -> Guard.MISSING;
                case CONFLICT, UNREACHABLE, FORBIDDEN -> guard;
            };
        }
        outcomes.add(new Done(write, outcome, clock.instant()));
        wake();
    }

    private void notice(String text) {
        if (noticed.size() >= MAX_NOTICES) {
            noticed.clear();
        }
        if (noticed.add(text)) {
            LOG.atInfo().addKeyValue(LogKey.REASON, text).log("the caretaker has something to say");
        }
    }

    private static void log(Action action) {
        switch (action) {
            case Action.Write write ->
                LOG.atDebug()
                        .addKeyValue(LogKey.ACTION, name(write))
                        .addKeyValue(LogKey.OBJECT, write.object().name())
                        .addKeyValue(LogKey.REASON, write.reason())
                        .log("the caretaker writes");
            case Action.SendAgain(var watch, var reason) ->
                LOG.atDebug()
                        .addKeyValue(LogKey.WATCH, watch)
                        .addKeyValue(LogKey.REASON, reason)
                        .log("the caretaker sends a list again");
            case Action.EndStreams(var watch, var reason) -> watch(action, watch, reason);
            case Action.Adopt(var watch, var _, var reason) -> watch(action, watch, reason);
            case Action.Tell _ -> {
                // Told by Events, which know what was told before.
            }
        }
    }

    private static void watch(Action action, String watch, String reason) {
        LOG.atInfo()
                .addKeyValue(LogKey.ACTION, name(action))
                .addKeyValue(LogKey.WATCH, watch.substring(0, Math.min(12, watch.length())))
                .addKeyValue(LogKey.REASON, reason)
                .log("the caretaker acts on a watch");
    }

    /** For metrics and logs, for example {@code touch_configuration}. */
    private static String name(Action action) {
        return action.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    private static Duration between(Duration least, Duration value, Duration most) {
        var low = value.compareTo(least) < 0 ? least : value;
        return low.compareTo(most) > 0 ? most : low;
    }

    /** Stops; writes that wait are not waited for. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
