package io.akrimqtt.handler.watch;

import io.akrimqtt.presence.convention.Ignored;
import io.akrimqtt.presence.state.PresenceCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was not taken into account; each cause is logged once. Confined to the loop. */
final class IgnoredCounts {

    private static final Logger LOG = LoggerFactory.getLogger(IgnoredCounts.class);

    private final Map<Ignored, Long> counts = new EnumMap<>(Ignored.class);
    private PresenceCounts told = new PresenceCounts(0, 0, 0, 0);

    void count(Ignored cause, String topic) {
        if (counts.merge(cause, 1L, Long::sum) == 1) {
            LOG.atInfo()
                    .addKeyValue(LogKey.CAUSE, cause.label())
                    .addKeyValue(LogKey.TOPIC, shortened(topic))
                    .log("message ignored, further ones of the same cause are only counted");
        }
    }

    private static String shortened(String topic) {
        return topic.length() <= 200 ? topic : topic.substring(0, 200) + "…";
    }

    /** Whether more was refused than was told; a refusal changes nothing else. */
    boolean lacks(PresenceCounts now) {
        return told.refusedDevices() != now.refusedDevices() || told.refusedIds() != now.refusedIds();
    }

    /** Says once that a limit was reached. */
    void limits(PresenceCounts now) {
        if (told.refusedDevices() == 0 && now.refusedDevices() > 0) {
            LOG.atError()
                    .addKeyValue(LogKey.COUNT, now.devices())
                    .log("too many devices: further ones are refused and counted, those that are known go on");
        }
        if (told.refusedIds() == 0 && now.refusedIds() > 0) {
            LOG.atWarn().log("a device id or status topic is too long: such devices are refused and counted");
        }
        told = now;
    }

    List<WatchSnapshot.Counter> counters(PresenceCounts core) {
        var all = new ArrayList<WatchSnapshot.Counter>();
        for (var cause : Ignored.values()) {
            all.add(new WatchSnapshot.Counter(cause.label(), counts.getOrDefault(cause, 0L)));
        }
        all.add(new WatchSnapshot.Counter("too_many_devices", core.refusedDevices()));
        all.add(new WatchSnapshot.Counter("device_id_too_long", core.refusedIds()));
        all.add(new WatchSnapshot.Counter("late_will", core.lateWills()));
        return all;
    }
}
