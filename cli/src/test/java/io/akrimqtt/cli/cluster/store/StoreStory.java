package io.akrimqtt.cli.cluster.store;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;

/** A store of its own for each test. */
abstract class StoreStory {

    static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    final InMemoryObjectStore store = InMemoryObjectStore.start(() -> NOW);

    @AfterEach
    void close() {
        store.close();
    }
}
