package io.akrimqtt.handler.journal;

import io.akrimqtt.presence.state.Memory;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Memories of tests. */
final class Memories {

    static final Instant AT = Instant.parse("2026-11-21T03:00:00.123456789Z");

    private Memories() {}

    static Memory online(String device) {
        return new Memory(device, true, false, List.of(view(Presence.ONLINE)));
    }

    static Map<String, Optional<Memory>> change(Memory memory) {
        return Map.of(memory.device(), Optional.of(memory));
    }

    /** One with everything that a memory can have. */
    static Memory full(String device) {
        var leaving = new Memory.OfServer(
                1,
                Presence.SLEEPING,
                "SAID_SLEEPING",
                Optional.of(device + "/status"),
                AT,
                true,
                true,
                Optional.of(new Memory.Farewell(
                        AT.plusSeconds(1), Optional.of("t"), Published.NOT_RETAINED, "SAID_OFFLINE", true, true)),
                Optional.of(new Memory.Birth(AT.minusSeconds(1), "ü/☃")),
                Optional.of(Said.ONLINE),
                Optional.of(AT.plusSeconds(300)),
                true,
                Optional.of(new Memory.Gateway("gateway", PresenceEvent.Return.AFTER_BIRTH, true)),
                Optional.of(new Memory.Queued(Said.OFFLINE, "q", true, true)));
        return new Memory(device, false, true, List.of(view(Presence.OFFLINE), leaving));
    }

    private static Memory.OfServer view(Presence presence) {
        return new Memory.OfServer(
                0,
                presence,
                "HEARD",
                Optional.empty(),
                AT,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
    }
}
