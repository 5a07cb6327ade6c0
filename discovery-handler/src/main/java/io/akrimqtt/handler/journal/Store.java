package io.akrimqtt.handler.journal;

import io.akrimqtt.handler.journal.JournalException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * The embedded store: named maps from text to bytes in one file. What was committed survives our death, and what was synced the
 * machine's. Every failure is a {@link JournalException}. Thread-safe, but for {@link #close}.
 */
final class Store implements AutoCloseable {

    /** Beyond, the store counts as full. */
    static final long MAX_BYTES = 512L << 20;

    /** Beyond, space is used again at once. */
    private static final long LARGE_BYTES = 64L << 20;

    private static final String META = "akri-mqtt";
    private static final String FORMAT = "format";
    private static final byte[] FORMAT_1 = {1};
    private static final int CACHE_MB = 4;

    /** Chunks of the file of which less than so many percent is in use are written anew. */
    private static final int FILL_PERCENT = 60;

    /** How long what is not used any more is kept for the death of the machine: longer than until the next sync. */
    private static final int RETENTION_MILLIS = 3_000;

    private static final int COMPACTED_BYTES = 8 << 20;

    private final Path file;
    private final MVStore store;
    private volatile boolean reusing;

    private Store(Path file, MVStore store) {
        this.file = file;
        this.store = store;
    }

    /**
     * Opens it; makes it, and its directory, where there is none.
     *
     * @throws JournalException where it cannot be used
     */
    static Store open(Path file) {
        make(file);
        MVStore opened;
        try {
            opened = new MVStore.Builder()
                    .fileName("nio:" + file)
                    .autoCommitDisabled()
                    .autoCommitBufferSize(0)
                    .cacheSize(CACHE_MB)
                    .open();
        } catch (MVStoreException e) {
            throw failure(file, e);
        } catch (RuntimeException e) {
            throw new JournalException(Kind.UNREADABLE, file + " cannot be read: " + text(e), e);
        }
        opened.setVersionsToKeep(0);
        opened.setRetentionTime(RETENTION_MILLIS);
        var store = new Store(file, opened);
        try {
            store.check();
            return store;
        } catch (RuntimeException e) {
            opened.closeImmediately();
            throw e;
        }
    }

    /** Readable for us alone: topics tell about a plant. */
    private static void make(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            writable(file);
        } catch (IOException | UnsupportedOperationException e) {
            throw new JournalException(Kind.UNUSABLE, file + " cannot be made: " + e, e);
        }
    }

    /** The library would open it for reading alone, and say nothing. */
    private static void writable(Path file) {
        try (var _ = FileChannel.open(file, Set.of(StandardOpenOption.WRITE))) {
            return;
        } catch (IOException e) {
            throw new JournalException(Kind.UNUSABLE, file + " cannot be written: " + e, e);
        }
    }

    private void check() {
        guarded(() -> {
            var meta = map(META);
            byte[] format = meta.get(FORMAT);
            if (format == null) {
                meta.put(FORMAT, FORMAT_1);
                store.commit();
            } else if (format.length != 1 || format[0] != FORMAT_1[0]) {
                throw new JournalException(Kind.UNREADABLE, file + " is of another version (expected: 1)");
            }
        });
    }

    MVMap<String, byte[]> map(String name) {
        return store.openMap(
                name,
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
    }

    /** The map that holds what belongs to no part. */
    MVMap<String, byte[]> meta() {
        return map(META);
    }

    boolean has(String name) {
        return store.hasMap(name);
    }

    void drop(String name) {
        store.removeMap(name);
    }

    /** What is in the maps survives our death from here on. */
    void commit() {
        guarded(() -> {
            store.commit();
            reuse();
            if (size() > MAX_BYTES) {
                throw new JournalException(Kind.UNUSABLE, file + " is larger than " + (MAX_BYTES >> 20) + " MiB");
            }
        });
    }

    /** In a storm the file would grow by all that is kept for the death of the machine. */
    private void reuse() {
        boolean large = size() > LARGE_BYTES;
        if (large != reusing) {
            reusing = large;
            store.setRetentionTime(large ? 0 : RETENTION_MILLIS);
        }
    }

    /** What is in the maps survives the machine's death from here on. */
    void sync() {
        guarded(store::sync);
    }

    /** Gives back space; does a bounded part of the work. */
    void compact() {
        guarded(() -> store.compact(FILL_PERCENT, COMPACTED_BYTES));
    }

    /** Bytes on disk. */
    long size() {
        return store.getFileStore().size();
    }

    /** Runs a step on the store's maps. */
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (MVStoreException e) {
            throw failure(file, e);
        } catch (JournalException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new JournalException(Kind.UNREADABLE, file + " cannot be read: " + text(e), e);
        }
    }

    /** Commits and closes; never throws. */
    @Override
    public void close() {
        try {
            store.close();
        } catch (RuntimeException e) {
            store.closeImmediately();
        }
    }

    /** Closes it as it is; never throws. */
    void abandon() {
        store.closeImmediately();
    }

    private static JournalException failure(Path file, MVStoreException e) {
        return switch (e.getErrorCode()) {
            case DataUtils.ERROR_FILE_LOCKED ->
                new JournalException(Kind.LOCKED, file + " is in use by another process", e);
            case DataUtils.ERROR_READING_FAILED, DataUtils.ERROR_WRITING_FAILED, DataUtils.ERROR_CLOSED ->
                new JournalException(Kind.UNUSABLE, file + " cannot be used: " + text(e), e);
            default -> new JournalException(Kind.UNREADABLE, file + " cannot be read: " + text(e), e);
        };
    }

    private static String text(Throwable e) {
        var cause = e.getCause() == null ? e : e.getCause();
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    }
}
