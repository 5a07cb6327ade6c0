package io.akrimqtt.messaging.rpc;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * Keeps an executor's memory in one file. Needs {@code com.h2database:h2-mvstore} on the class path. Each request costs two small
 * writes that reach the disk. Thread-safe; one process at a time.
 */
public final class FileDedupStore implements DedupStore, AutoCloseable {

    private final MVStore store;
    private final MVMap<String, byte[]> entries;

    private FileDedupStore(MVStore store) {
        this.store = store;
        entries = store.openMap("requests");
    }

    /**
     * Opens the file, or makes it; its folder must exist.
     *
     * @throws RuntimeException where it cannot be opened, or another process has it open
     */
    public static FileDedupStore open(Path file) {
        return new FileDedupStore(new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .open());
    }

    @Override
    public Map<String, byte[]> load() {
        return new HashMap<>(entries);
    }

    @Override
    public void put(String key, byte[] entry) {
        entries.put(key, entry);
        store.commit();
        store.sync();
    }

    @Override
    public void remove(String key) {
        entries.remove(key);
        store.commit();
    }

    @Override
    public void close() {
        store.close();
    }
}
