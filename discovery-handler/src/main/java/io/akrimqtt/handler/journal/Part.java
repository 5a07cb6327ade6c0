package io.akrimqtt.handler.journal;

import io.akrimqtt.presence.state.Memory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One watch's maps in the store. Guarded by the {@link Journal}, but for what it read at its begin. */
final class Part implements WatchJournal {

    private static final Logger LOG = LoggerFactory.getLogger(Part.class);

    private final Journal journal;
    private final String name;
    private final List<Memory> memories = new ArrayList<>();
    private final Map<Integer, Instant> sessions = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private volatile boolean lacking;

    Part(Journal journal, String name) {
        this.journal = journal;
        this.name = name;
    }

    /** Reads what is there. */
    void read(Store store, Optional<Instant> lastAlive) {
        int unreadable = 0;
        for (var entry : store.map(devices(name)).entrySet()) {
            try {
                memories.add(MemoryCodec.memory(entry.getKey(), entry.getValue()));
            } catch (IllegalArgumentException _) {
                unreadable++;
            }
        }
        store.map(ids(name)).forEach((device, id) -> ids.put(device, new String(id, StandardCharsets.UTF_8)));
        for (var entry : store.map(sessions(name)).entrySet()) {
            if (lastAlive.isPresent() && entry.getValue().length == Long.BYTES) {
                var expiry =
                        Duration.ofSeconds(ByteBuffer.wrap(entry.getValue()).getLong());
                sessions.put(Integer.valueOf(entry.getKey()), lastAlive.get().plus(expiry));
            }
        }
        LOG.atInfo()
                .addKeyValue("watch", shortName())
                .addKeyValue("devices", memories.size())
                .addKeyValue("unreadable", unreadable)
                .log("journal read");
    }

    static String devices(String name) {
        return "devices-" + name;
    }

    static String ids(String name) {
        return "ids-" + name;
    }

    static String sessions(String name) {
        return "sessions-" + name;
    }

    /** The journal is back, without what was believed meanwhile. */
    void lack() {
        lacking = true;
    }

    @Override
    public List<Memory> memories() {
        return List.copyOf(memories);
    }

    @Override
    public void remember(Map<String, Optional<Memory>> changes) {
        journal.write(store -> {
            var map = store.map(devices(name));
            changes.forEach((device, memory) -> {
                if (memory.isPresent()) {
                    map.put(device, MemoryCodec.bytes(memory.get()));
                } else {
                    map.remove(device);
                }
            });
        });
    }

    @Override
    public boolean lacking() {
        return lacking;
    }

    @Override
    public void rememberAll(Stream<Memory> all) {
        lacking = false;
        journal.write(store -> {
            var map = store.map(devices(name));
            map.clear();
            all.forEach(memory -> map.put(memory.device(), MemoryCodec.bytes(memory)));
        });
    }

    @Override
    public Optional<Instant> sessionUntil(int server) {
        return Optional.ofNullable(sessions.get(server));
    }

    @Override
    public void session(int server, long expirySeconds) {
        byte[] value = ByteBuffer.allocate(Long.BYTES).putLong(expirySeconds).array();
        journal.write(store -> store.map(sessions(name)).put(Integer.toString(server), value));
    }

    @Override
    public Map<String, String> reportedIds() {
        return Map.copyOf(ids);
    }

    @Override
    public void reportedIds(Map<String, String> all) {
        journal.write(store -> {
            var map = store.map(ids(name));
            map.clear();
            all.forEach((device, id) -> map.put(device, id.getBytes(StandardCharsets.UTF_8)));
        });
    }

    private String shortName() {
        return name.substring(0, Math.min(12, name.length()));
    }
}
