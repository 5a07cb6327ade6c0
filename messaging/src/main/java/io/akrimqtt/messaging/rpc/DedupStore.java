package io.akrimqtt.messaging.rpc;

import java.util.Map;

/**
 * Keeps what an executor remembers of its requests through a restart, so that none is done twice. Called from one thread at a
 * time; may block. What it throws makes the executor answer 500 and do nothing.
 */
public interface DedupStore {

    /** Keeps nothing: after a restart a request that comes again is done again. */
    DedupStore NONE = new DedupStore() {
        @Override
        public Map<String, byte[]> load() {
            return Map.of();
        }

        @Override
        public void put(String key, byte[] entry) {}

        @Override
        public void remove(String key) {}
    };

    /** All that is kept. */
    Map<String, byte[]> load();

    /** Keeps an entry in place of an earlier one; returns when it would survive a crash of the process. */
    void put(String key, byte[] entry);

    /** Keeps it no longer; no change where there is none. */
    void remove(String key);
}
