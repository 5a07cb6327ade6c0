package io.akrimqtt.presence.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a device costs. */
class HeapTest {

    private static final int DEVICES = 100_000;

    @Test
    void a_device_with_a_status_and_a_past_takes_less_than_a_kilobyte_of_heap() {
        long before = usedHeap();

        var table = full();

        long each = (usedHeap() - before) / DEVICES;
        assertThat(table.counts().devices()).isEqualTo(DEVICES);
        System.out.println("heap per device: " + each + " bytes");
        assertThat(each).isBetween(100L, 1_024L);
    }

    /** Devices that were born, died, were revived by their data and born again. */
    private static PresenceTable full() {
        var table = new PresenceTable(PresenceRules.DEFAULT, 1, DEVICES);
        table.on(new PresenceEvent.LinkUp(Story.BEGIN, 0, Session.FRESH));
        table.on(new PresenceEvent.Drained(Story.BEGIN, 0));
        table.on(new PresenceEvent.SnapshotRead(Story.BEGIN, 0, true));
        all(table, Duration.ZERO, Said.ONLINE, "status");
        all(table, Duration.ofMinutes(1), Said.OFFLINE, "status");
        table.on(new PresenceEvent.Tick(Story.BEGIN.plusSeconds(71)));
        table.on(new PresenceEvent.Tick(Story.BEGIN.plusSeconds(102)));
        all(table, Duration.ofMinutes(2), Said.ACTIVITY, "joints");
        all(table, Duration.ofMinutes(3), Said.ONLINE, "status");
        return table;
    }

    private static void all(PresenceTable table, Duration after, Said said, String level) {
        for (int i = 0; i < DEVICES; i++) {
            var id = "plant/area-7/line-3/robot-" + i;
            table.on(new PresenceEvent.Sighted(
                    Story.BEGIN.plus(after), 0, id, said, id + "/" + level, Source.LIVE, Published.RETAINED));
        }
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
