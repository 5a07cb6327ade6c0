package io.akrimqtt.handler.journal;

import io.akrimqtt.handler.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler's journal: one file, one writer. Where it cannot be used, that is said once, everything goes on without it, and it is
 * tried again; what was believed meanwhile is then written anew. Thread-safe.
 *
 * <p>What was written survives a {@code kill -9} at once. What was written in the last {@link #SYNCED_EVERY} may be lost when the
 * machine itself dies; MQTT servers then have the session's messages no more, but still what they retain.
 */
public final class Journal implements AutoCloseable {

    /** The window of a power loss. */
    public static final Duration SYNCED_EVERY = Duration.ofSeconds(1);

    /** How many watches' parts are kept; beyond, the one that was opened the longest time ago goes. */
    static final int MAX_PARTS = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final Duration STAMPED_EVERY = Duration.ofSeconds(30);
    private static final String ALIVE = "alive";
    private static final String OPENED = "opened-";

    private final Path file;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Part> parts = new HashMap<>();
    private final Thread keeper;
    private Optional<Instant> lastAlive = Optional.empty();
    private @Nullable Store store;
    private String problem = "";
    private boolean handedOver;
    private boolean dirty;
    private Instant retryAt = Instant.MIN;
    private Instant syncAt = Instant.MIN;
    private Instant stampAt = Instant.MIN;
    private long commits;

    private Journal(Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.keeper = Thread.ofVirtual().name("journal").unstarted(this::keep);
    }

    /**
     * Opens the journal. Where another process has it, everything goes on without it until that one lets go; a {@link Tenure} that was
     * taken before sees to that.
     *
     * @param clock the wall's
     */
    public static Journal start(Path file, InstantSource clock) {
        var journal = new Journal(file, clock);
        if (!journal.open()) {
            LOG.atError()
                    .addKeyValue("reason", journal.problem())
                    .log("journal cannot be used: what is believed will not survive a restart");
        }
        journal.keeper.start();
        return journal;
    }

    /** Closes it for another process, which goes on with what is in it; nothing is written from here on. */
    public void handOver() {
        locked(() -> {
            guarded(this::let);
            handedOver = true;
            problem = "handed over to another process";
        });
        LOG.atInfo().log("journal handed over");
    }

    /** Opens it again after {@link #handOver}, with what the other process has left; parts are to be opened anew. */
    public void takeBack() {
        locked(() -> {
            parts.clear();
            handedOver = false;
            if (!open()) {
                LOG.atError().addKeyValue("reason", problem).log("journal could not be taken back yet");
            }
        });
    }

    /** A watch's part; read at once. */
    public WatchJournal part(String name) {
        var part = new Part(this, name);
        locked(() -> {
            boolean first = parts.put(name, part) == null;
            guarded(open -> {
                open.guarded(() -> part.read(open, first ? lastAlive : Optional.empty()));
                open.meta().put(OPENED + name, bytes(clock.instant()));
                dropOldest(open);
                open.commit();
            });
        });
        return part;
    }

    /** Why it is not used, for people; empty where it is. */
    public String problem() {
        lock.lock();
        try {
            return problem;
        } finally {
            lock.unlock();
        }
    }

    /** How often something was written. */
    public long commits() {
        lock.lock();
        try {
            return commits;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes on disk, or 0 where it is not used. */
    public long size() {
        lock.lock();
        try {
            return store == null ? 0 : store.size();
        } finally {
            lock.unlock();
        }
    }

    /** Writes, and returns when what is written survives our death, or when the journal is away. */
    void write(Consumer<Store> change) {
        locked(() -> guarded(open -> {
            open.guarded(() -> change.accept(open));
            open.commit();
            commits++;
            dirty = true;
        }));
    }

    @Override
    public void close() {
        closed.countDown();
        locked(() -> guarded(this::let));
    }

    private void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private void guarded(Consumer<Store> action) {
        var open = store;
        if (open == null) {
            return;
        }
        try {
            action.accept(open);
        } catch (JournalException e) {
            open.abandon();
            store = null;
            problem = e.text();
            retryAt = clock.instant().plus(RETRY_AFTER);
            LOG.atError()
                    .addKeyValue("reason", e.text())
                    .log("journal lost: what is believed will not survive a restart, until it is back");
            if (e.kind() == Kind.UNREADABLE) {
                beginAnew();
            }
        }
    }

    private void beginAnew() {
        try {
            putAside();
            if (open()) {
                parts.values().forEach(Part::lack);
            }
        } catch (JournalException e) {
            problem = e.text();
        }
    }

    private void putAside() {
        var aside = file.resolveSibling(file.getFileName() + ".unreadable");
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new JournalException(Kind.UNUSABLE, file + " cannot be put aside: " + e, e);
        }
        LOG.atError().addKeyValue("aside", aside).log("journal put aside, begun anew");
    }

    /** Whether it is open now. */
    private boolean open() {
        try {
            var opened = opened();
            lastAlive = alive(opened);
            store = opened;
            problem = "";
            return true;
        } catch (JournalException e) {
            problem = e.text();
            retryAt = clock.instant().plus(e.kind() == Kind.LOCKED ? Duration.ZERO : RETRY_AFTER);
            return false;
        }
    }

    private Store opened() {
        try {
            return Store.open(file);
        } catch (JournalException e) {
            if (e.kind() != Kind.UNREADABLE) {
                throw e;
            }
            LOG.atError().addKeyValue("reason", e.text()).log("journal cannot be read");
            putAside();
            return Store.open(file);
        }
    }

    private static Optional<Instant> alive(Store store) {
        byte[] stamp = store.meta().get(ALIVE);
        return stamp == null || stamp.length != Long.BYTES
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(ByteBuffer.wrap(stamp).getLong()));
    }

    private static byte[] bytes(Instant at) {
        return ByteBuffer.allocate(Long.BYTES).putLong(at.toEpochMilli()).array();
    }

    private void dropOldest(Store open) {
        var stamps = open.meta().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(OPENED))
                .sorted(Comparator.comparingLong(
                        entry -> ByteBuffer.wrap(entry.getValue()).getLong()))
                .toList();
        for (var stamp : stamps.subList(0, Math.max(0, stamps.size() - MAX_PARTS))) {
            var name = stamp.getKey().substring(OPENED.length());
            if (!parts.containsKey(name)) {
                open.drop(Part.devices(name));
                open.drop(Part.ids(name));
                open.drop(Part.sessions(name));
                open.meta().remove(stamp.getKey());
            }
        }
    }

    private void keep() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look(clock.instant());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Instant now) {
        @Nullable Store open = current();
        if (open == null) {
            locked(() -> retry(now));
        } else {
            locked(() -> guarded(_ -> stamp(now)));
            sync(open, now);
        }
    }

    private @Nullable Store current() {
        lock.lock();
        try {
            return store;
        } finally {
            lock.unlock();
        }
    }

    /** Not where it was handed over: the other process goes on with our sessions. */
    private void retry(Instant now) {
        if (handedOver || now.isBefore(retryAt) || closed.getCount() == 0) {
            return;
        }
        if (open()) {
            parts.values().forEach(Part::lack);
            LOG.atInfo().log("journal is back");
        }
    }

    private void let(Store open) {
        open.guarded(() -> open.meta().put(ALIVE, bytes(clock.instant())));
        open.close();
        store = null;
    }

    private void stamp(Instant now) {
        var open = store;
        if (open != null && !now.isBefore(stampAt)) {
            stampAt = now.plus(STAMPED_EVERY);
            open.guarded(() -> open.meta().put(ALIVE, bytes(now)));
            open.commit();
            open.compact();
            dirty = true;
        }
    }

    /** Outside of the lock: writers do not wait for the disk. */
    private void sync(Store open, Instant now) {
        if (now.isBefore(syncAt) || !takeDirty()) {
            return;
        }
        syncAt = now.plus(SYNCED_EVERY);
        try {
            open.sync();
        } catch (JournalException e) {
            locked(() -> guarded(same -> {
                if (same == open) {
                    throw e;
                }
            }));
        }
    }

    private boolean takeDirty() {
        lock.lock();
        try {
            boolean was = dirty;
            dirty = false;
            return was;
        } finally {
            lock.unlock();
        }
    }
}
