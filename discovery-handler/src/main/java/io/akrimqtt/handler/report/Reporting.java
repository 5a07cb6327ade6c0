package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.watch.DeviceWatch;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All watches and all streams: calls with equal details and credentials share one watch, each gets complete lists at the right
 * moments. Thread-safe: one virtual thread owns everything, others post to it.
 */
public final class Reporting implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Reporting.class);

    /** How many watches there may be, those that linger included; a new one then ends the one that has lingered longest. */
    static final int MAX_WATCHES = 256;

    /** Posts that wait: opens and closes of a bounded number of streams, and one change for each watch. */
    private static final int QUEUE = 4096;

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(3);
    /** For a watch that is stuck; others answer in milliseconds. */
    private static final Duration ADOPTION_WAIT = Duration.ofSeconds(3);

    private static final Duration LONGEST_NAP = Duration.ofHours(1);

    private final WatchFactory factory;
    private final ReportTimes times;
    private final InstantSource clock;
    private final ReportLog log = new ReportLog();
    private final BlockingQueue<Runnable> posts = new ArrayBlockingQueue<>(QUEUE);
    private final Map<WatchKey, SharedWatch> watches = new LinkedHashMap<>();
    private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile List<WatchView> views = List.of();
    private volatile boolean stopped;
    private Allotment allotment = Allotment.EVERYTHING;
    private boolean frozen;

    private Reporting(WatchFactory factory, ReportTimes times, InstantSource clock) {
        this.factory = factory;
        this.times = times;
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("reporting").unstarted(this::run);
    }

    /**
     * Starts the thread.
     *
     * @param clock one that does not jump
     */
    public static Reporting start(WatchFactory factory, ReportTimes times, InstantSource clock) {
        var reporting = new Reporting(factory, times, clock);
        reporting.thread.start();
        return reporting;
    }

    /**
     * Adds a stream and waits until that is done. The first list comes at once where the watch has one, else when it has read
     * its MQTT servers, but {@link ReportTimes#settle()} later at the latest, or {@link ReportTimes#patience()} where it would be empty.
     *
     * @throws IllegalArgumentException where certificates or keys are not what they should be; the text has no secret
     * @throws IllegalStateException where no watch could be started, or reporting has stopped
     */
    public ReportSubscription subscribe(WatchKey key, ReportSink sink) {
        var done = new CompletableFuture<SharedWatch>();
        post(() -> {
            if (done.isDone()) {
                return;
            }
            try {
                var watch = watch(key);
                watch.open(sink, clock.instant());
                if (!done.complete(watch)) {
                    watch.close(sink, clock.instant());
                }
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            var watch = done.orTimeout(10, TimeUnit.SECONDS).join();
            return () -> post(() -> watch.close(sink, clock.instant()));
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException("reporting: no watch could be started", e);
        }
    }

    /**
     * Lets go of all MQTT servers, since another process goes on with our sessions; streams keep what they have, and new ones with
     * other details are accepted and told nothing: the other process is asked, too. Returns when nothing is acknowledged any more.
     */
    public void freeze() {
        var done = new CompletableFuture<Boolean>();
        post(() -> {
            frozen = true;
            watches.values().forEach(watch -> watch.watch().freeze());
            done.complete(true);
        });
        done.completeOnTimeout(false, CLOSE_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /**
     * Goes on after {@link #freeze}, since the other process has died: with what that one has left in the journal, and with what was
     * reported here, which is listed until there is evidence. Streams see no shorter list for it.
     */
    public void thaw() {
        post(() -> {
            if (frozen) {
                frozen = false;
                List.copyOf(watches.values()).forEach(this::restart);
            }
        });
    }

    private void restart(SharedWatch watch) {
        var old = watch.watch();
        try {
            watch.replace(started(watch.key(), watch.name()), clock.instant());
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).addKeyValue("watch", watch.name()).log("a watch could not be taken back");
            watch.end("it could not be watched again", clock.instant());
            return;
        }
        listen(watch);
        adopt(watch, Set.copyOf(watch.view().report().reported()));
        Thread.ofVirtual().name("watch-close").start(old::close);
    }

    private DeviceWatch started(WatchKey key, String name) {
        return frozen ? new NoWatch() : factory.start(key, name);
    }

    private void listen(SharedWatch watch) {
        var pending = new AtomicBoolean();
        var _ = watch.watch().onChange(() -> {
            if (pending.compareAndSet(false, true)) {
                post(() -> {
                    pending.set(false);
                    watch.changed(clock.instant());
                });
            }
        });
    }

    /** From here on reports go by this allotment, those of all watches; it takes effect with the next lists, 1 s later at the latest. */
    public void allot(Allotment next) {
        post(() -> {
            allotment = next;
            watches.values().forEach(watch -> watch.allot(next, clock.instant()));
        });
    }

    /** Sends a watch's latest list, changed or not, to all its streams at once; nothing where there is no such watch. */
    public void sendAgain(String watch) {
        post(() -> named(watch).ifPresent(each -> each.sendAgain(clock.instant())));
    }

    /**
     * Ends a watch's Discover streams, so that the agent asks anew, with the details and credentials of now. Without a guard that costs
     * every Instance of the node. The watch lingers.
     *
     * @param watch {@link WatchView#name()}
     * @param reason a sentence for people
     */
    public void end(String watch, String reason) {
        post(() -> named(watch).ifPresent(each -> each.end(reason, clock.instant())));
    }

    /**
     * Takes over devices whose Instances are there, though we did not report them. One that the watch does not know becomes listed,
     * with its presence unknown, until there is evidence or its probation ends; one that is known and not listed is reported until it
     * may be dropped. Ids that the details could not have led to are refused and counted.
     *
     * @param watch {@link WatchView#name()}
     * @param devices the devices' own ids
     */
    public void adopt(String watch, Set<String> devices) {
        post(() -> named(watch).ifPresent(each -> adopt(each, devices)));
    }

    private void adopt(SharedWatch watch, Set<String> devices) {
        watch.adopting(devices);
        var _ = watch.watch()
                .adopt(devices)
                .completeOnTimeout(0, ADOPTION_WAIT.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((refused, _) -> post(() -> {
                    if (refused != null) {
                        log.adopted(watch, devices.size(), refused);
                    }
                    watch.adopted(clock.instant());
                }));
    }

    private Optional<SharedWatch> named(String name) {
        return watches.values().stream()
                .filter(watch -> watch.name().equals(name))
                .findFirst();
    }

    /** All watches now. */
    public List<WatchView> views() {
        return views;
    }

    /** How many lists were handed to streams since the start. */
    public long reportsSent() {
        return log.reportsSent();
    }

    /** How often a change led to the list that was there before, so that nothing was sent, since the start. */
    public long reportsSuppressed() {
        return log.reportsSuppressed();
    }

    /** How many streams {@link #end} has ended since the start. */
    public long streamsEnded() {
        return log.streamsEnded();
    }

    /** How many devices could not be adopted since the start. */
    public long adoptionsRefused() {
        return log.adoptionsRefused();
    }

    /** Calls the listener after each change of {@link #views()} or of what a watch knows. It must not block. */
    public AutoCloseable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void post(Runnable work) {
        try {
            if (!stopped) {
                posts.put(work);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private SharedWatch watch(WatchKey key) {
        @Nullable SharedWatch known = watches.get(key);
        if (known != null) {
            return known;
        }
        if (watches.size() >= MAX_WATCHES) {
            watches.values().stream()
                    .filter(SharedWatch::idle)
                    .min(Comparator.comparing(SharedWatch::idleSince))
                    .ifPresent(this::end);
        }
        var name = freeName(key);
        var watch = new SharedWatch(key, name, started(key, name), times, log, allotment, clock.instant());
        watches.put(key, watch);
        listen(watch);
        LOG.atInfo()
                .addKeyValue("watch", watch.view().shortName())
                .addKeyValue("servers", key.details().servers())
                .log("watch started");
        return watch;
    }

    private String freeName(WatchKey key) {
        int ordinal = 1;
        var name = key.digest(ordinal);
        while (taken(name)) {
            ordinal++;
            name = key.digest(ordinal);
        }
        return name;
    }

    private boolean taken(String name) {
        return watches.values().stream().anyMatch(watch -> watch.name().equals(name));
    }

    private void run() {
        while (!stopped) {
            try {
                var wake = watches.values().stream().map(SharedWatch::wakeAt).min(Comparator.naturalOrder());
                @Nullable Runnable post = wake.isPresent() ? poll(wake.get()) : posts.take();
                for (; post != null; post = posts.poll()) {
                    post.run();
                }
                if (!stopped) {
                    tick(clock.instant());
                }
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("reporting met a bug and goes on");
            }
        }
    }

    private @Nullable Runnable poll(Instant wake) throws InterruptedException {
        var pause = Duration.between(clock.instant(), wake);
        return posts.poll(
                pause.compareTo(LONGEST_NAP) < 0 ? Math.max(0, pause.toNanos()) : LONGEST_NAP.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void tick(Instant now) {
        List.copyOf(watches.values()).stream().filter(watch -> watch.over(now)).forEach(this::end);
        for (var watch : watches.values()) {
            watch.tick(now);
        }
        views = watches.values().stream().map(SharedWatch::view).toList();
        listeners.forEach(Runnable::run);
    }

    private void end(SharedWatch watch) {
        watches.remove(watch.key());
        LOG.atInfo().addKeyValue("watch", watch.view().shortName()).log("watch ended: no stream wants it");
        Thread.ofVirtual().name("watch-close").start(watch.watch()::close);
    }

    /** Sends nothing more to anybody, and leaves the watches running. Idempotent. */
    public void stop() {
        stopped = true;
        thread.interrupt();
    }

    /** Stops, and closes all watches; waits 3 s at most. Streams are not told. */
    @Override
    public void close() {
        stop();
        try {
            thread.join(CLOSE_WAIT);
            var closing = watches.values().stream()
                    .map(watch -> Thread.ofVirtual().name("watch-close").start(watch.watch()::close))
                    .toList();
            for (var each : closing) {
                each.join(CLOSE_WAIT);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
