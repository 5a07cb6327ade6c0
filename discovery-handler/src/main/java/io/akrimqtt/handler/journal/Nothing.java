package io.akrimqtt.handler.journal;

import io.akrimqtt.presence.state.Memory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps nothing. */
final class Nothing implements WatchJournal {

    @Override
    public List<Memory> memories() {
        return List.of();
    }

    @Override
    public void remember(Map<String, Optional<Memory>> changes) {}

    @Override
    public boolean lacking() {
        return false;
    }

    @Override
    public void rememberAll(Stream<Memory> all) {}

    @Override
    public Optional<Instant> sessionUntil(int server) {
        return Optional.empty();
    }

    @Override
    public void session(int server, long expirySeconds) {}

    @Override
    public Map<String, String> reportedIds() {
        return Map.of();
    }

    @Override
    public void reportedIds(Map<String, String> ids) {}
}
